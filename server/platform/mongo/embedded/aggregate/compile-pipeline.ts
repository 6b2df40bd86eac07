import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { REFUSED_STAGES } from './refused-names.ts';
import type { Stage } from './stage.ts';
import { STAGES } from './stages.ts';

/** Compiles every stage before the first one runs, so that mistakes and refusals come first. */
export function compilePipeline(pipeline: Maybe): Stage {
  if (!isArray(pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  const stages = pipeline.map((spec) => compileStage(...stageOf(spec)));
  return (documents) => stages.reduce((stream, stage) => stage(stream), documents);
}

/** The name and the argument of one stage. */
export function stageOf(spec: Value): [name: string, argument: Value] {
  if (!isDocument(spec)) throw new CommandError(14, 'Each element of the pipeline must be an object');
  const [stage] = spec;
  if (spec.size !== 1 || !stage) {
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return stage;
}

function compileStage(name: string, argument: Value): Stage {
  const compile = STAGES[name];
  if (compile) return compile(argument);
  if (REFUSED_STAGES.has(name)) throw notImplemented(`${name} in a pipeline`);
  throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

/** A pipeline as an update: it gives the new document. */
export function compileUpdatePipeline(pipeline: Value[]): (document: Document) => Document {
  for (const spec of pipeline) {
    const [name] = stageOf(spec);
    if (name in STAGES && !UPDATE_STAGES.includes(name)) {
      throw new CommandError(72, `${name} is not allowed to be used within an update`);
    }
  }
  const run = compilePipeline(pipeline);
  return (document) => {
    const id = document.get('_id');
    const [result = document] = run([document]);
    // A new root without `_id` keeps the old one.
    return result.has('_id') || id === undefined ? result : new Map<string, Value>([['_id', id], ...result]);
  };
}

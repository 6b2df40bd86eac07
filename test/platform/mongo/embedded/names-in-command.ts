import type { Document, Maybe } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { isArray, isDocument } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { COMMON_FIELDS } from '../../../../server/platform/mongo/embedded/commands/run-command.ts';
import { ACCUMULATORS } from '../../../../server/platform/mongo/embedded/aggregate/group.ts';

/** Everything by name that a command asks of a MongoDB: "command find", "filter $in", "stage $group" … */
export function namesInCommand(command: Document): string[] {
  const [name = ''] = command.keys();
  const fields = [...command.keys()].filter((field) => field !== name && !COMMON_FIELDS.has(field));
  return [
    `command ${name}`,
    ...fields.map((field) => `option ${name}.${field}`),
    ...filtersIn(command).flatMap((filter) => named('filter', dollarsIn(filter))),
    ...updatesIn(command).flatMap(namesInUpdate),
    ...listIn(command, 'pipeline').flatMap(namesInStage),
    ...listIn(command, 'indexes').flatMap((index) => named('index option', [...index.keys()])),
    ...listIn(command, 'updates').flatMap((statement) => named('option of updates', [...statement.keys()])),
    ...['projection', 'fields'].flatMap((field) => named('projection', dollarsIn(command.get(field)))),
  ];
}

function filtersIn(command: Document): Maybe[] {
  const statements = [...listIn(command, 'updates'), ...listIn(command, 'deletes')];
  return [command.get('filter'), command.get('query'), ...statements.map((statement) => statement.get('q'))];
}

function updatesIn(command: Document): Maybe[] {
  return [command.get('update'), ...listIn(command, 'updates').map((statement) => statement.get('u'))];
}

function namesInUpdate(update: Maybe): string[] {
  if (isArray(update)) return ['update by a pipeline', ...update.filter(isDocument).flatMap(namesInStage)];
  const paths = isDocument(update) ? [...update.values()].filter(isDocument).flatMap((fields) => [...fields.keys()]) : []; // prettier-ignore
  const positions = paths.flatMap((path) => path.split('.').filter((part) => part.startsWith('$')));
  const plain = positions.map((part) => part.replace(/\[.+\]/, '[identifier]'));
  return [...named('update', dollarsIn(update)), ...named('place in an update', plain)];
}

function namesInStage(stage: Document): string[] {
  return [...stage].flatMap(([name, argument]) => {
    if (name === '$match') return ['stage $match', ...named('filter', dollarsIn(argument))];
    const inner = dollarsIn(argument).map((dollar) =>
      name === '$group' && dollar in ACCUMULATORS ? `accumulator ${dollar}` : `expression ${dollar}`,
    );
    return [`stage ${name}`, ...inner];
  });
}

/** Every field name that begins with a dollar, at any depth. */
function dollarsIn(value: Maybe): string[] {
  if (isArray(value)) return value.flatMap(dollarsIn);
  if (!isDocument(value)) return [];
  return [...value].flatMap(([name, inner]) => [
    ...(/^\$[a-z]/i.test(name) ? [name] : []),
    ...dollarsIn(inner),
  ]);
}

function listIn(command: Document, field: string): Document[] {
  const list = command.get(field);
  return isArray(list) ? list.filter(isDocument) : [];
}

function named(kind: string, names: readonly string[]): string[] {
  return names.map((name) => `${kind} ${name}`);
}

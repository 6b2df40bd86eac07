import type { Document, Value } from '../bson/value.ts';
import { isDocument } from '../bson/value.ts';
import { failedToParse, notImplemented } from '../errors.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import type { CollectionIndex } from '../indexes/collection-index.ts';
import { planQuery } from '../indexes/plan-query.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { Command } from './command.ts';
import { collectionOf, documentField, namespaceOf } from './command.ts';

/** The plan of a find: which index serves it. */
export const explain: Command = {
  fields: ['verbosity'],
  run(command, context) {
    const explained = command.get('explain');
    if (!isDocument(explained)) throw failedToParse("'explain' must be a command");
    if (!explained.has('find')) throw notImplemented('explain of anything but find');
    const filter = documentField(explained, 'filter');
    compileFilter(filter);
    const sort = documentField(explained, 'sort');
    const collection = collectionOf(explained, 'find', context);
    const plan = collection && planQuery(collection, filter, sort.size ? parseSort(sort) : []);
    const planner: Document = new Map<string, Value>([
      ['namespace', namespaceOf(explained, 'find', context)],
      ['winningPlan', stageOf(plan?.indexes ?? [], plan?.isSorted ?? true)],
    ]);
    return new Map([['queryPlanner', planner]]);
  },
};

function stageOf(indexes: readonly CollectionIndex[], isSorted: boolean): Document {
  const scans = indexes.map(({ spec }) => stage('IXSCAN', ['indexName', spec.name]));
  const scan = scans.length > 1 ? stage('OR', ['inputStages', scans]) : (scans[0] ?? stage('COLLSCAN'));
  return isSorted ? scan : stage('SORT', ['inputStage', scan]);
}

function stage(name: string, ...parts: [string, Value][]): Document {
  return new Map<string, Value>([['stage', name], ...parts]);
}

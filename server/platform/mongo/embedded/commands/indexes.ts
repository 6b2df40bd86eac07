import { encodeDocument } from '../bson/encode-document.ts';
import type { Value } from '../bson/value.ts';
import { isArray, isDocument, numberValue } from '../bson/value.ts';
import { orderKey } from '../bson/order-key.ts';
import { CommandError, failedToParse } from '../errors.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import { ID_INDEX, isSameDefinition, parseIndexSpec } from '../indexes/parse-index-spec.ts';
import type { Collection } from '../storage/collection.ts';
import type { Command } from './command.ts';
import { collectionOf, documentField, countField, namespaceOf } from './command.ts';

export const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  run(command, { catalog, changes, ...context }) {
    const namespace = namespaceOf(command, 'createIndexes', { catalog, changes, ...context });
    const entries = command.get('indexes');
    if (!isArray(entries) || entries.length === 0)
      throw failedToParse('Must specify at least one index to create');
    const specs = entries.map(parseIndexSpec);
    const isNew = catalog.get(namespace) === undefined;
    const collection = catalog.ensure(namespace, changes);
    const before = collection.indexes.length;
    try {
      for (const spec of specs) if (isWanted(spec, collection)) collection.createIndex(spec, changes);
    } catch (error) {
      changes.undo();
      throw error;
    }
    const after = collection.indexes.length;
    return new Map<string, Value>([
      ...(after > before ? [['createdCollectionAutomatically', isNew] as const] : []),
      ['numIndexesBefore', numberValue(before)],
      ['numIndexesAfter', numberValue(after)],
      ...(after > before ? [] : [['note', 'all indexes already exist'] as const]),
    ]);
  },
};

/** False when the same index is there already. Throws CommandError 85 or 86 when it stands in the way of this one. */
function isWanted(spec: IndexSpec, collection: Collection): boolean {
  const sameName = collection.indexes.find((index) => index.spec.name === spec.name)?.spec;
  if (sameName && isSameDefinition(sameName, spec)) return false;
  if (sameName && sameKey(sameName, spec))
    throw new CommandError(85, `Index with name: ${spec.name} already exists with different options`);
  if (sameName) throw new CommandError(86, `Index must have unique name: ${spec.name} already exists`);
  if (sameKey(spec, ID_INDEX)) return false;
  const twin = collection.indexes.find((index) => sameKey(index.spec, spec));
  if (twin) throw new CommandError(85, `Index already exists with a different name: ${twin.spec.name}`);
  return true;
}

function sameKey(a: IndexSpec, b: IndexSpec): boolean {
  const key = ({ definition }: IndexSpec): string => orderKey(definition.get('key'));
  return key(a) === key(b);
}

export const listIndexes: Command = {
  fields: ['cursor'],
  run(command, context) {
    const collection = collectionOf(command, 'listIndexes', context);
    const namespace = namespaceOf(command, 'listIndexes', context);
    if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
    const documents = collection.indexes
      .map(({ spec }) => encodeDocument(spec.definition))
      [Symbol.iterator]();
    const batchSize = countField(documentField(command, 'cursor'), 'batchSize');
    return context.cursors.start(namespace, { documents, isEndKnown: true }, batchSize);
  },
};

export const dropIndexes: Command = {
  fields: ['index'],
  run(command, context) {
    const collection = collectionOf(command, 'dropIndexes', context);
    if (!collection) throw new CommandError(26, 'ns not found');
    const were = collection.indexes.length;
    for (const index of chosenIndexes(collection, command.get('index') ?? null)) {
      if (index.spec.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
      collection.dropIndex(index, context.changes);
    }
    return new Map([['nIndexesWas', numberValue(were)]]);
  },
};

function chosenIndexes(collection: Collection, choice: Value): Collection['indexes'] {
  if (choice === '*') return collection.indexes.slice(1);
  if (typeof choice === 'string') return [collection.indexNamedOrThrow(choice)];
  if (isArray(choice))
    return choice.map((name) => collection.indexNamedOrThrow(typeof name === 'string' ? name : ''));
  if (!isDocument(choice)) throw failedToParse("'index' must be a name, a list of names, or a key");
  const found = collection.indexes.find(
    ({ spec }) => orderKey(spec.definition.get('key')) === orderKey(choice),
  );
  if (!found) throw new CommandError(27, "can't find index with key");
  return [found];
}

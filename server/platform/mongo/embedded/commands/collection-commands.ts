import type { CollectionIndex } from '../indexes/collection-index.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import { ID_INDEX, hasSameKey, isSameDefinition, parseIndexSpec } from '../indexes/index-spec.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { Collection } from '../storage/collection.ts';
import { encodeDocument } from '../values/bson.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isTruthy } from '../values/value.ts';
import type { Command } from './command.ts';
import { batchSizeOf, collectionOf, collectionOrThrow, documentField, documentsField, namespaceOf } from './command.ts'; // prettier-ignore

export const create: Command = {
  fields: ['autoIndexId'],
  run(command, context) {
    const namespace = namespaceOf(command, context);
    if (collectionOf(command, context))
      throw new CommandError(48, `Collection already exists. NS: ${namespace}`);
    context.catalog.ensure(namespace, context.changes);
    return {};
  },
};

export const drop: Command = {
  fields: [],
  run(command, context) {
    const collection = collectionOrThrow(command, context);
    context.catalog.drop(collection, context.changes);
    return { nIndexesWas: collection.indexes.length, ns: collection.namespace };
  },
};

export const dropDatabase: Command = {
  fields: [],
  run(_command, { database, catalog, changes }) {
    const collections = catalog.all(database);
    for (const collection of collections) catalog.drop(collection, changes);
    return collections.length > 0 ? { dropped: database } : {};
  },
};

export const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(command, { database, catalog, cursors }) {
    const matches = compileFilter(documentField(command, 'filter'));
    const details: [string, Value][] = isTruthy(command.get('nameOnly'))
      ? []
      : [['options', new Map()], ['info', new Map([['readOnly', false]])], ['idIndex', ID_INDEX.definition]]; // prettier-ignore
    const listed = catalog.all(database).map(({ namespace }): Document => {
      const name = namespace.slice(database.length + 1);
      return new Map<string, Value>([['name', name], ['type', 'collection'], ...details]);
    });
    const documents = listed.filter((entry) => matches(entry, {})).map(encodeDocument);
    const result = { documents: documents.values(), isEndKnown: true };
    return cursors.start(`${database}.$cmd.listCollections`, result, batchSizeOf(command));
  },
};

export const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(command, { catalog }) {
    const matches = compileFilter(documentField(command, 'filter'));
    const names = new Set(catalog.all().map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))));
    const databases = [...names].map((name): Document => new Map([['name', name]]));
    return { databases: databases.filter((entry) => matches(entry, {})) };
  },
};

export const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  run(command, context) {
    const namespace = namespaceOf(command, context);
    const { catalog, changes } = context;
    const specs = documentsField(command, 'indexes').map(parseIndexSpec);
    if (specs.length === 0) throw badValue('Must specify at least one index to create');
    const createdCollectionAutomatically = catalog.get(namespace) === undefined;
    const collection = catalog.ensure(namespace, changes);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (isWanted(spec, collection)) collection.createIndex(spec, changes);
    const numIndexesAfter = collection.indexes.length;
    return numIndexesAfter > numIndexesBefore
      ? { createdCollectionAutomatically, numIndexesBefore, numIndexesAfter }
      : { numIndexesBefore, numIndexesAfter, note: 'all indexes already exist' };
  },
};

/** False when the same index is there already. Throws CommandError 85 or 86 when it stands in the way of this one. */
function isWanted({ name, definition }: IndexSpec, { indexes }: Collection): boolean {
  const sameName = indexes.find(({ spec }) => spec.name === name)?.spec;
  if (sameName && isSameDefinition(sameName.definition, definition)) return false;
  if (sameName && hasSameKey(sameName.definition, definition))
    throw new CommandError(85, `Index with name: ${name} already exists with different options`);
  if (sameName) throw new CommandError(86, `Index must have unique name: ${name} already exists`);
  if (hasSameKey(definition, ID_INDEX.definition)) return false;
  const twin = indexes.find(({ spec }) => hasSameKey(spec.definition, definition));
  if (twin) throw new CommandError(85, `Index already exists with a different name: ${twin.spec.name}`);
  return true;
}

export const listIndexes: Command = {
  fields: ['cursor'],
  run(command, context) {
    const { indexes, namespace } = collectionOrThrow(command, context);
    const documents = indexes.map(({ spec }) => encodeDocument(spec.definition)).values();
    return context.cursors.start(namespace, { documents, isEndKnown: true }, batchSizeOf(command));
  },
};

export const dropIndexes: Command = {
  fields: ['index'],
  run(command, context) {
    const collection = collectionOrThrow(command, context);
    const nIndexesWas = collection.indexes.length;
    for (const index of chosenIndexes(collection, command.get('index'))) {
      if (index.spec.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
      collection.dropIndex(index, context.changes);
    }
    return { nIndexesWas };
  },
};

/** By name, or all but that of `_id`. Throws CommandError 27 for what is not there. */
function chosenIndexes({ indexes }: Collection, choice: Maybe): readonly CollectionIndex[] {
  if (choice === '*') return indexes.slice(1);
  if (typeof choice !== 'string') throw notImplemented('dropIndexes by anything but a name');
  const found = indexes.filter(({ spec }) => spec.name === choice);
  if (found.length === 0) throw new CommandError(27, `index not found with name [${choice}]`);
  return found;
}

import { encodeDocument } from '../bson/encode-document.ts';
import type { Document, Value } from '../bson/value.ts';
import { isTruthy, numberValue } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { Collection } from '../storage/collection.ts';
import type { Command } from './command.ts';
import { collectionOf, countField, documentField, namespaceOf } from './command.ts';
import { ID_INDEX } from '../indexes/parse-index-spec.ts';

export const create: Command = {
  fields: ['autoIndexId'],
  run(command, context) {
    const namespace = namespaceOf(command, 'create', context);
    if (context.catalog.get(namespace))
      throw new CommandError(48, `Collection already exists. NS: ${namespace}`);
    context.catalog.ensure(namespace, context.changes);
    return new Map();
  },
};

export const drop: Command = {
  fields: [],
  run(command, context) {
    const collection = collectionOf(command, 'drop', context);
    if (!collection) throw new CommandError(26, 'ns not found');
    context.catalog.drop(collection, context.changes);
    return new Map<string, Value>([['nIndexesWas', numberValue(collection.indexes.length)], ['ns', collection.namespace]]); // prettier-ignore
  },
};

export const dropDatabase: Command = {
  fields: [],
  run(_command, { database, catalog, changes }) {
    const collections = catalog.inDatabase(database);
    for (const collection of collections) catalog.drop(collection, changes);
    return new Map(collections.length > 0 ? [['dropped', database]] : []);
  },
};

export const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(command, context) {
    const { database, catalog, cursors } = context;
    const matches = compileFilter(documentField(command, 'filter'));
    const isNameOnly = isTruthy(command.get('nameOnly'));
    const listed = catalog
      .inDatabase(database)
      .map((collection) => listing(collection, database, isNameOnly));
    const documents = listed
      .filter((entry) => matches(entry, {}))
      .map(encodeDocument)
      [Symbol.iterator]();
    const batchSize = countField(documentField(command, 'cursor'), 'batchSize');
    return cursors.start(`${database}.$cmd.listCollections`, { documents, isEndKnown: true }, batchSize);
  },
};

function listing({ namespace }: Collection, database: string, isNameOnly: boolean): Document {
  const entry: Document = new Map([['name', namespace.slice(database.length + 1)], ['type', 'collection']]); // prettier-ignore
  if (isNameOnly) return entry;
  const info: Document = new Map([['readOnly', false]]);
  return new Map<string, Value>([
    ...entry,
    ['options', new Map()],
    ['info', info],
    ['idIndex', ID_INDEX.definition],
  ]);
}

export const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(command, { catalog }) {
    const matches = compileFilter(documentField(command, 'filter'));
    const names = new Set(catalog.all().map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))));
    const entries = [...names].map((name): Document => new Map([['name', name]]));
    return new Map([['databases', entries.filter((entry) => matches(entry, {}))]]);
  },
};

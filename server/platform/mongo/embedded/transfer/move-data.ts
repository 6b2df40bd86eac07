import mongoose from 'mongoose';
import { startEmbeddedStore } from '../start-embedded-store.ts';
import type { CopiedCollection } from './copy-database.ts';
import { copyDatabase } from './copy-database.ts';

export interface MoveOptions {
  /** The data folder of an embedded store that no process has open. */
  dir: string;
  /** A MongoDB and its database: `mongodb://host/name`. */
  uri: string;
  onCopied: (collection: CopiedCollection) => void;
}

/** The embedded store's documents expire in the copy and not in the midst of copying. */
const NEVER_MS = 2 ** 31 - 1;
const ANSWER_WITHIN_MS = 10_000;

/** Copies all data of an embedded store into an empty database of a MongoDB. Throws as `copyDatabase`. */
export async function exportData(options: MoveOptions): Promise<void> {
  const { dir, onCopied } = options;
  await withBothSides(options, async (store, names, mongodb) => {
    if (names.length > 1)
      throw new Error(`${dir} holds several databases: ${names.join(', ')}. Drop all but one of them.`);
    for await (const copied of copyDatabase(store.db(names[0]), mongodb.db())) onCopied(copied);
  });
}

/** Copies a database of a MongoDB into an empty embedded store. Throws as `copyDatabase`. */
export async function importData(options: MoveOptions): Promise<void> {
  const { dir, onCopied } = options;
  await withBothSides(options, async (store, names, mongodb) => {
    if (names.length > 0)
      throw new Error(`The store in ${dir} is not empty. Nothing was changed. Name an empty folder.`);
    for await (const copied of copyDatabase(mongodb.db(), store.db())) onCopied(copied);
  });
}

type Client = mongoose.mongo.MongoClient;

/** Connects to both; `work` also gets the names of the store's databases. */
async function withBothSides(
  { dir, uri }: MoveOptions,
  work: (store: Client, databases: string[], mongodb: Client) => Promise<void>,
): Promise<void> {
  const server = await startEmbeddedStore({ dir, expiryIntervalMs: NEVER_MS });
  const options = { serverSelectionTimeoutMS: ANSWER_WITHIN_MS };
  const store = new mongoose.mongo.MongoClient(server.uri, options);
  const mongodb = new mongoose.mongo.MongoClient(uri, options);
  try {
    await Promise.all([store.connect(), mongodb.connect()]);
    const { databases } = await store.db().admin().listDatabases({ nameOnly: true });
    await work(store, databases.map(({ name }) => name), mongodb); // prettier-ignore
  } finally {
    await Promise.all([store.close(), mongodb.close()]);
    await server.close();
  }
}

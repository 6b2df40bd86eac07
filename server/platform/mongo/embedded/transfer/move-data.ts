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
export async function exportData({ dir, uri, onCopied }: MoveOptions): Promise<void> {
  await withBothSides(dir, uri, async (store, mongodb) => {
    const names = await databaseNames(store);
    if (names.length > 1)
      throw new Error(`${dir} holds several databases: ${names.join(', ')}. Drop all but one of them.`);
    for await (const copied of copyDatabase(store.db(names[0]), mongodb.db())) onCopied(copied);
  });
}

/** Copies a database of a MongoDB into an empty embedded store. Throws as `copyDatabase`. */
export async function importData({ dir, uri, onCopied }: MoveOptions): Promise<void> {
  await withBothSides(dir, uri, async (store, mongodb) => {
    const names = await databaseNames(store);
    if (names.length > 0)
      throw new Error(`The store in ${dir} is not empty. Nothing was changed. Name an empty folder.`);
    for await (const copied of copyDatabase(mongodb.db(), store.db())) onCopied(copied);
  });
}

async function databaseNames(client: mongoose.mongo.MongoClient): Promise<string[]> {
  return (await client.db().admin().listDatabases({ nameOnly: true })).databases.map(({ name }) => name);
}

async function withBothSides(
  dir: string,
  uri: string,
  work: (store: mongoose.mongo.MongoClient, mongodb: mongoose.mongo.MongoClient) => Promise<void>,
): Promise<void> {
  const store = await startEmbeddedStore({ dir, expiryIntervalMs: NEVER_MS });
  const clients = [store.uri, uri].map(
    (each) => new mongoose.mongo.MongoClient(each, { serverSelectionTimeoutMS: ANSWER_WITHIN_MS }),
  );
  try {
    const [own, other] = await Promise.all(clients.map((client) => client.connect()));
    if (own && other) await work(own, other);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await store.close();
  }
}

import type mongoose from 'mongoose';
import { copyDocuments } from './copy-documents.ts';
import { copyIndexes } from './copy-indexes.ts';
import { fingerprintOf } from './fingerprint.ts';

type Db = mongoose.mongo.Db;

/** What became of one collection; every figure was the same on both sides. */
export interface CopiedCollection {
  name: string;
  documents: number;
  indexes: number;
  /** SHA-256 of all documents' bytes in the order of their `_id`. */
  sha256: string;
}

/**
 * Copies every collection with its indexes into an empty database, in batches, and compares what arrived.
 * Nobody may write to either side meanwhile. Throws Error when the target is not empty, when it refuses
 * something, and when a collection is not the same afterwards.
 */
export async function* copyDatabase(from: Db, to: Db): AsyncGenerator<CopiedCollection> {
  const present = await collectionNames(to);
  if (present.length > 0) throw new Error(notEmpty(to.databaseName, present));
  for (const name of await collectionNames(from)) {
    await to.createCollection(name);
    // Before the documents, so that an index that the target does not take stops the copy at once.
    await copyIndexes(from.collection(name), to.collection(name), 'lasting');
    const sent = await copyDocuments(from.collection(name), to, name);
    const arrived = await fingerprintOf(to.collection(name));
    if (sent.documents !== arrived.documents || sent.sha256 !== arrived.sha256)
      throw new Error(differs(name));
    // Behind the comparison, because they let documents expire.
    await copyIndexes(from.collection(name), to.collection(name), 'expiring');
    yield { name, ...arrived, indexes: await sameIndexCount(from, to, name) };
  }
}

/** By name. Throws Error for views and other kinds, which hold no data of their own. */
async function collectionNames(db: Db): Promise<string[]> {
  const listed = await db.listCollections().toArray();
  const own = listed.filter(({ name }) => !name.startsWith('system.'));
  const other = own.find(({ type }) => type !== 'collection');
  if (other) throw new Error(`"${other.name}" is a ${other.type}; only collections can be moved.`);
  return own.map(({ name }) => name).sort();
}

async function sameIndexCount(from: Db, to: Db, name: string): Promise<number> {
  const [before, after] = await Promise.all(
    [from, to].map(async (db) => (await db.collection(name).indexes()).map((index) => index.name).sort()),
  );
  if (before?.join() !== after?.join()) throw new Error(differs(name));
  return after?.length ?? 0;
}

function notEmpty(database: string, present: readonly string[]): string {
  return (
    `The target database "${database}" is not empty (it has ${present.length} collections, for example ` +
    `"${present[0]}"). Nothing was changed. Name an empty database.`
  );
}

function differs(name: string): string {
  return (
    `The collection "${name}" is not the same on both sides. Stop everything that writes to either of them, ` +
    'empty the target, and try again. The source was not changed.'
  );
}

import { createHash } from 'node:crypto';
import type mongoose from 'mongoose';
import { decodeDocument } from '../values/bson.ts';
import type { Document } from '../values/value.ts';

type Db = mongoose.mongo.Db;
type Collection = mongoose.mongo.Collection;

/** What became of one collection; every figure was the same on both sides. */
export interface CopiedCollection {
  name: string;
  documents: number;
  indexes: number;
  /** SHA-256 of all documents' bytes in the order of their `_id`. */
  sha256: string;
}

const BATCH_DOCUMENTS = 1_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Copies every collection with its indexes into an empty database, in batches, and compares what arrived.
 * Nobody may write to either side meanwhile. Throws Error when the target is not empty, when it refuses
 * something, and when a collection is not the same afterwards.
 */
export async function* copyDatabase(from: Db, to: Db): AsyncGenerator<CopiedCollection> {
  const present = await collectionNames(to);
  if (present.length > 0) throw new Error(notEmpty(to.databaseName, present));
  for (const name of await collectionNames(from)) {
    const [source, target] = [from.collection(name), to.collection(name)];
    await to.createCollection(name);
    // Before the documents, so that an index that the target does not take stops the copy at once.
    await copyIndexes(source, target, false);
    const sent = await readAll(source, (batch) => insertAll(to, name, batch));
    const arrived = await readAll(target);
    if (sent.documents !== arrived.documents || sent.sha256 !== arrived.sha256)
      throw new Error(differs(name));
    // Behind the comparison, because they let documents expire.
    await copyIndexes(source, target, true);
    const [before, after] = [await indexNames(source), await indexNames(target)];
    if (before.join() !== after.join()) throw new Error(differs(name));
    yield { name, ...arrived, indexes: after.length };
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

async function indexNames(collection: Collection): Promise<(string | undefined)[]> {
  return (await collection.indexes()).map(({ name }) => name).sort();
}

/** Makes the indexes of one collection in another: those by which documents expire, or all others. */
async function copyIndexes(source: Collection, target: Collection, isExpiring: boolean): Promise<void> {
  const indexes = (await source.indexes()).filter(
    (index) => index.name !== '_id_' && (index.expireAfterSeconds !== undefined) === isExpiring,
  );
  // `v` is for the target to choose; `ns` and `background` are what older versions kept.
  const specs = indexes.map(({ v: _v, ns: _ns, background: _background, ...spec }) => spec);
  if (specs.length > 0) await target.createIndexes(specs);
}

/**
 * Reads the BSON of every document in the order of their `_id`, which is the same on every server, and hands
 * it over in batches. Gives their number and the hash of their bytes.
 */
async function readAll(
  collection: Collection,
  onBatch: (batch: Uint8Array[]) => Promise<void> = () => Promise.resolve(),
): Promise<{ documents: number; sha256: string }> {
  const cursor = collection.find({}, { raw: true, sort: { _id: 1 }, batchSize: BATCH_DOCUMENTS });
  const hash = createHash('sha256');
  let [documents, bytes] = [0, 0];
  let batch: Uint8Array[] = [];
  for await (const document of cursor as unknown as AsyncIterable<Uint8Array>) {
    hash.update(document);
    documents += 1;
    batch.push(document);
    bytes += document.length;
    if (batch.length < BATCH_DOCUMENTS && bytes < BATCH_BYTES) continue;
    await onBatch(batch);
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) await onBatch(batch);
  return { documents, sha256: hash.digest('hex') };
}

// A command and not insertMany: that would look for `_id` in objects, and these are Maps, which keep the order of fields.
async function insertAll(target: Db, name: string, batch: Uint8Array[]): Promise<void> {
  const documents: Document[] = batch.map(decodeDocument);
  const writeConcern = { w: 'majority', j: true };
  const { n } = await target.command({ insert: name, documents, writeConcern });
  if (n !== documents.length)
    throw new Error(`The target took ${n} of ${documents.length} documents of "${name}".`);
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

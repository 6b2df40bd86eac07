import type mongoose from 'mongoose';
import { decodeDocument } from '../bson/decode-document.ts';
import type { Document } from '../bson/value.ts';
import { Fingerprint, documentsInOrder } from './fingerprint.ts';

const LARGEST_BATCH = 1_000;
const LARGEST_BATCH_BYTES = 8 * 1024 * 1024;

/** Sends all documents of a collection, with their exact types, and gives the fingerprint of what was sent. */
export async function copyDocuments(
  source: mongoose.mongo.Collection,
  target: mongoose.mongo.Db,
  name: string,
): Promise<ReturnType<Fingerprint['result']>> {
  const fingerprint = new Fingerprint();
  let batch: Document[] = [];
  let bytes = 0;
  for await (const document of documentsInOrder(source)) {
    fingerprint.add(document);
    batch.push(decodeDocument(document));
    bytes += document.length;
    if (batch.length < LARGEST_BATCH && bytes < LARGEST_BATCH_BYTES) continue;
    await insertAll(target, name, batch);
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) await insertAll(target, name, batch);
  return fingerprint.result();
}

// A command and not insertMany: that would look for `_id` in objects, and these are Maps, which keep the order of fields.
async function insertAll(target: mongoose.mongo.Db, name: string, documents: Document[]): Promise<void> {
  const writeConcern = { w: 'majority', j: true };
  const { n } = await target.command({ insert: name, documents, writeConcern });
  if (n !== documents.length)
    throw new Error(`The target took ${n} of ${documents.length} documents of "${name}".`);
}

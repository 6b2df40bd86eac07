import { createHash } from 'node:crypto';
import type mongoose from 'mongoose';

/** Counts documents and hashes their bytes, for comparing two copies of a collection. */
export class Fingerprint {
  readonly #hash = createHash('sha256');
  #documents = 0;

  add(document: Uint8Array): void {
    this.#hash.update(document);
    this.#documents += 1;
  }

  result(): { documents: number; sha256: string } {
    return { documents: this.#documents, sha256: this.#hash.digest('hex') };
  }
}

/** The BSON of every document, in the order of their `_id`, which is the same on every server. */
export function documentsInOrder(collection: mongoose.mongo.Collection): AsyncIterable<Uint8Array> {
  const cursor = collection.find({}, { raw: true, sort: { _id: 1 }, batchSize: 1_000 });
  return cursor as unknown as AsyncIterable<Uint8Array>;
}

export async function fingerprintOf(
  collection: mongoose.mongo.Collection,
): Promise<ReturnType<Fingerprint['result']>> {
  const fingerprint = new Fingerprint();
  for await (const document of documentsInOrder(collection)) fingerprint.add(document);
  return fingerprint.result();
}

import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** A document whose every write counts up `revision`; 0 = not stored yet. */
export interface Revisioned {
  _id: string;
  merchantId: string;
  revision: number;
  /** Present on what was read; never written back, because the dispatcher removes events meanwhile. */
  pendingEvents?: unknown;
}

type Stored = Omit<Revisioned, 'pendingEvents'> & { pendingEvents: PendingEvent[] };

/**
 * Writes a document's new state together with the events that it leaves, in one atomic write, if nobody
 * else wrote it since `revision` was read.
 * @returns false when another write came first: load and decide again.
 */
export async function saveWithEvents(
  connection: Connection,
  collectionName: string,
  document: Revisioned,
  events: PendingEvent[],
): Promise<boolean> {
  const collection = connection.collection<Stored>(collectionName);
  const { _id, revision, pendingEvents: _read, ...facts } = document;
  const next = { ...facts, revision: revision + 1 };
  if (revision > 0) {
    const push = events.length > 0 ? { $push: { pendingEvents: { $each: events } } } : {};
    const { matchedCount } = await collection.updateOne({ _id, revision }, { $set: next, ...push });
    return matchedCount === 1;
  }
  try {
    await collection.insertOne({ ...next, _id, pendingEvents: events });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Repeats load, decide and save until no other write came between.
 * @throws when it loses thirty times in a row, which only a defect can explain.
 */
export async function untilSaved<T>(attempt: () => Promise<{ saved: boolean; result: T }>): Promise<T> {
  for (let tries = 0; tries < 30; tries += 1) {
    const { saved, result } = await attempt();
    if (saved) return result;
  }
  throw new Error('a document changed thirty times while it was being written');
}

import mongoose from 'mongoose';

/** True when a unique index refused a write: the race was lost, or the same thing was stored before. */
export function isDuplicateKey(error: unknown, indexField?: string): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 11000) return false;
  if (indexField === undefined) return true;
  const pattern = 'keyPattern' in error ? error.keyPattern : undefined;
  return typeof pattern === 'object' && pattern !== null && indexField in pattern;
}

/** True when of many writes some were refused by a unique index, and all others are journaled. */
export function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || error.result.getWriteConcernError())
    return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(({ code }) => isDuplicateKey({ code: Number(code) }));
}

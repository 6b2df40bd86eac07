export { connectMongo, ensureIndexes } from './connect.ts';
export { countChanges, createCache, type Cache } from './cache.ts';
export { isDuplicateKey, isOnlyDuplicates } from './duplicate-key.ts';
export {
  createPendingEventStore,
  indexPendingEvents,
  pendingEventsField,
  type PendingEventStore,
} from './pending-events.ts';
export { saveWithEvents, untilSaved } from './save-with-events.ts';
export type { Connection } from 'mongoose';
export { createBatchWriter, TooMuchWaiting } from './write-in-batches.ts';

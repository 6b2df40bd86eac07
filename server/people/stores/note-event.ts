import { MINUTE, type Clock } from '../../shared/clock.ts';
import type { StoreStore } from './store.store.ts';

/** How exactly a shop's health tells when it was last heard of; saves a write for nearly every event. */
const PRECISION = MINUTE;

/** Remembers when a store last told us something, to the minute, for its health. */
export function createNoteEvent({ stores, clock }: { stores: StoreStore; clock: Clock }) {
  const noted = new Map<string, number>();
  return async (merchantId: string, storeId: string): Promise<void> => {
    const now = clock();
    if (now.getTime() - (noted.get(storeId) ?? 0) < PRECISION) return;
    noted.set(storeId, now.getTime());
    await stores.noteEvent(merchantId, storeId, now);
  };
}

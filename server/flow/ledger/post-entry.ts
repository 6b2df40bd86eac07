import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../../shared/clock.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { chainEntry } from './chain-entry.ts';
import type { EntryContent, LedgerEntry } from './ledger-entry.ts';
import type { LedgerStore } from './ledger.store.ts';

export interface PostEntryDeps {
  ledger: LedgerStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'ledgerEntries') => void;
}

/**
 * Posts an entry once, at the end of the merchant's chain, and leaves `commission.posted`. Posting the same
 * reference again is a no-op. The unique number decides between processes; within one, posts of a merchant
 * queue up, because each needs the hash of the one before.
 */
export function createPostEntry(deps: PostEntryDeps) {
  const { ledger, clock, newId } = deps;
  /** Read when the entry is stored, never before the one before it: a month that is over gets no entry. */
  const momentAfter = (previous: LedgerEntry | undefined): Date => {
    const now = clock();
    return previous && previous.postedAt > now ? previous.postedAt : now;
  };
  const queues = new Map<string, LimitFunction>();
  return (content: Omit<EntryContent, 'postedAt'>): Promise<void> => {
    const queue = queues.get(content.merchantId) ?? pLimit(1);
    queues.set(content.merchantId, queue);
    return queue(async () => {
      for (;;) {
        const previous = {
          entry: await ledger.last(content.merchantId),
          ofAffiliate: await ledger.lastOfAffiliate(content),
        };
        const entry = chainEntry({ ...content, postedAt: momentAfter(previous.entry) }, previous, newId());
        const { merchantId, orderId, postingId, postedAt: now } = entry;
        const data = { orderId, postingId, entryId: entry._id };
        const result = await ledger.insert(entry, [
          pendingEvent('commission.posted', merchantId, data, { id: newId(), now }),
        ]);
        if (result === 'inserted') deps.nudge('ledgerEntries');
        if (result !== 'lost-race') return;
      }
    });
  };
}

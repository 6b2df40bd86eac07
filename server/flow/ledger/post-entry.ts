import pLimit, { type LimitFunction } from 'p-limit';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { chainEntry } from './chain-entry.ts';
import type { EntryContent } from './ledger-entry.ts';
import type { LedgerStore } from './ledger.store.ts';

export interface PostEntryDeps {
  ledger: LedgerStore;
  newId: NewId;
  nudge: (collection: 'ledgerEntries') => void;
}

/**
 * Posts an entry once, at the end of the merchant's chain, and leaves `commission.posted`. Posting the same
 * reference again is a no-op. The unique number decides between processes; within one, posts of a merchant
 * queue up, because each needs the hash of the one before.
 */
export function createPostEntry(deps: PostEntryDeps) {
  const { ledger, newId } = deps;
  const queues = new Map<string, LimitFunction>();
  return (content: EntryContent): Promise<void> => {
    const queue = queues.get(content.merchantId) ?? pLimit(1);
    queues.set(content.merchantId, queue);
    return queue(async () => {
      for (;;) {
        const previous = {
          entry: await ledger.last(content.merchantId),
          ofAffiliate: await ledger.lastOfAffiliate(content),
        };
        const entry = chainEntry(content, previous, newId());
        const { merchantId, orderId, postingId, postedAt: now } = content;
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

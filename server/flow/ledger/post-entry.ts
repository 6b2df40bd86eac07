import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../../shared/clock.ts';
import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { chainEntry } from './chain-entry.ts';
import type { EntryDraft } from './build-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { LedgerStore } from './ledger.store.ts';

export interface PostEntryDeps {
  ledger: LedgerStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'ledgerEntries') => void;
}

/**
 * Posts an entry once, at the end of the merchant's chain, and leaves `entry.posted`, and `commission.posted`
 * when it is more than a transfer. Posting the same reference again is a no-op. The unique number decides between processes; within one, posts of a merchant
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
  return (content: EntryDraft): Promise<void> => {
    const queue = queues.get(content.merchantId) ?? pLimit(1);
    queues.set(content.merchantId, queue);
    return queue(async () => {
      for (;;) {
        const previous = {
          entry: await ledger.last(content.merchantId),
          ofAffiliate: await ledger.lastOfAffiliate(content),
        };
        const entry = chainEntry({ ...content, postedAt: momentAfter(previous.entry) }, previous, newId());
        const result = await ledger.insert(entry, listEvents(entry, newId));
        if (result === 'inserted') deps.nudge('ledgerEntries');
        if (result !== 'lost-race') return;
      }
    });
  };
}

function listEvents(entry: LedgerEntry, newId: NewId): PendingEvent[] {
  const { _id: entryId, merchantId, orderId, postingId, kind, postedAt: now } = entry;
  const posted = pendingEvent('entry.posted', merchantId, { entryId }, { id: newId(), now });
  if (kind === 'transfer') return [posted];
  const data = { orderId, postingId, entryId };
  return [posted, pendingEvent('commission.posted', merchantId, data, { id: newId(), now })];
}

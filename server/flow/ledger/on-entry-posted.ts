import type { PendingEvent } from '../../shared/events.ts';
import type { AccountKey } from './balance.store.ts';
import type { LedgerStore } from './ledger.store.ts';

/** Brings the cached balances of the accounts that an entry moved up to date. */
export function createOnEntryPosted(deps: {
  ledger: Pick<LedgerStore, 'byId'>;
  catchUpBalance: (key: AccountKey) => Promise<void>;
}) {
  return async ({ merchantId, data }: PendingEvent<'entry.posted'>): Promise<void> => {
    const entry = await deps.ledger.byId(merchantId, data.entryId);
    if (!entry) throw new Error(`entry ${data.entryId} is not there`);
    for (const account of entry.accounts) {
      await deps.catchUpBalance({ merchantId, account, currency: entry.currency });
    }
  };
}

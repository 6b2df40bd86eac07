import { untilSaved } from '../../platform/mongo/index.ts';
import type { AccountKey, BalanceStore } from './balance.store.ts';
import type { LedgerStore } from './ledger.store.ts';

export interface CatchUpDeps {
  balances: BalanceStore;
  ledger: Pick<LedgerStore, 'ofAccount'>;
}

/**
 * Brings the cached balance of an account up to the last entry (S12). Reads only entries that are not in it yet,
 * so the cost does not grow with history; from nothing it adds up everything. Numbers of entries have no gaps
 * below the last one, so nothing can be missed, and repeating it changes nothing.
 */
export function createCatchUpBalance({ balances, ledger }: CatchUpDeps) {
  return (key: AccountKey): Promise<void> =>
    untilSaved(async () => {
      const known = await balances.find(key);
      let balance = known?.balance ?? 0n;
      let seq = known?.seq ?? 0;
      for await (const entry of ledger.ofAccount(key, seq)) {
        for (const { source, destination, amount } of entry.postings) {
          if (destination === key.account) balance += amount;
          if (source === key.account) balance -= amount;
        }
        seq = entry.seq;
      }
      if (seq === (known?.seq ?? 0)) return { saved: true, result: undefined };
      const { merchantId, account, currency } = key;
      const next = { merchantId, account, currency, balance, seq };
      return { saved: await balances.save(next, known?.seq ?? 0), result: undefined };
    });
}

import type { LedgerEntry } from '../../server/flow/ledger/index.ts';

/** Every account's balance, added up from the postings alone: what came in minus what went out (S12). */
export function sumAccounts(entries: readonly LedgerEntry[]) {
  const totals = new Map<string, { account: string; currency: string; balance: bigint }>();
  const add = (account: string, currency: string, amount: bigint): void => {
    const total = totals.get(`${account} ${currency}`) ?? { account, currency, balance: 0n };
    totals.set(`${account} ${currency}`, { ...total, balance: total.balance + amount });
  };
  for (const { currency, postings } of entries) {
    for (const { source, destination, amount } of postings) {
      add(source, currency, -amount);
      add(destination, currency, amount);
    }
  }
  return [...totals.values()];
}

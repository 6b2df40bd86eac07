import { sum } from '../../shared/money.ts';
import type { LedgerEntry, LedgerStore } from '../ledger/index.ts';
import { readMovedAmount } from '../statements/index.ts';

/** Entries are chosen by their number; the latest moment there is leaves none out by its time. */
const END_OF_TIME = new Date(8_640_000_000_000_000);

/** An affiliate's balance in the entry's currency right after the entry, however many came since. */
export async function loadBalanceAfter(
  ledger: Pick<LedgerStore, 'ofAffiliate'>,
  { merchantId, affiliateId, currency, seq }: LedgerEntry,
): Promise<bigint> {
  const entries = await ledger.ofAffiliate(merchantId, affiliateId, currency, END_OF_TIME);
  return sum(entries.filter((entry) => entry.seq <= seq).map(readMovedAmount));
}

import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { byNameAndCurrency, type AffiliateFigures } from './expect-balances.ts';
import { groupBy } from './plan/group-by.ts';

/** Debits and credits of one currency, in minor units. */
export interface TrialBalance {
  currency: string;
  debit: bigint;
  credit: bigint;
  difference: bigint;
}

export interface BookedPosting {
  id: string;
  orderNumber: string;
  orderId: string;
  affiliate: string;
  currency: string;
  amount: bigint;
}

/** What the server says of its books. */
export interface Books {
  /** By name, then currency. */
  figures: AffiliateFigures[];
  trialBalance: TrialBalance[];
  /** In the order of their making, per order. */
  postings: BookedPosting[];
}

const minorUnits = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform((value) => BigInt(value));
const money = z.object({ amount: minorUnits, currency: z.string() });
const commission = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  affiliateId: z.string(),
  amount: money,
});
const balances = z.object({
  items: z.array(z.object({ affiliateId: z.string().nullable(), balance: money })),
});
const trialBalances = z.object({
  items: z.array(
    z.object({ currency: z.string(), debit: minorUnits, credit: minorUnits, difference: minorUnits }),
  ),
});

/** Reads figures, trial balance and postings through the API; balances come from the ledger. */
export async function readBooks(api: ApiClient, affiliateNames: ReadonlyMap<string, string>): Promise<Books> {
  const nameOf = (id: string): string => affiliateNames.get(id) ?? id;
  const items = await api.list('/api/v1/commissions', commission);
  const postings = items.map(({ affiliateId, amount: { amount, currency }, ...posting }) => ({
    ...posting,
    affiliate: nameOf(affiliateId),
    currency,
    amount,
  }));
  const { items: accounts } = await api.get('/api/v1/ledger/balances', balances);
  const balanceOf = (name: string, currency: string): bigint =>
    accounts
      .filter((row) => row.affiliateId !== null && nameOf(row.affiliateId) === name)
      .filter(({ balance }) => balance.currency === currency)
      .reduce((total, { balance }) => total + balance.amount, 0n);
  const figures = [...groupBy(postings, ({ affiliate, currency }) => `${affiliate} ${currency}`).values()]
    .map((series) => addUp(series, balanceOf))
    .sort(byNameAndCurrency);
  const { items: trialBalance } = await api.get('/api/v1/ledger/trial-balance', trialBalances);
  return { figures, trialBalance, postings };
}

function addUp(
  series: BookedPosting[],
  balanceOf: (name: string, currency: string) => bigint,
): AffiliateFigures {
  const { affiliate: name = '', currency = '' } = series[0] ?? {};
  const total = (sign: bigint): bigint =>
    series.map(({ amount }) => amount * sign).reduce((sum, each) => (each > 0n ? sum + each : sum), 0n);
  const orders = new Set(series.map(({ orderId }) => orderId)).size;
  return {
    name,
    currency,
    orders,
    commission: total(1n),
    reversals: total(-1n),
    balance: balanceOf(name, currency),
  };
}

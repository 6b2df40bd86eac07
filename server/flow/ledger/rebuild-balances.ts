import type { AccountKey, BalanceStore } from './balance.store.ts';
import type { AccountBalance, LedgerStore } from './ledger.store.ts';

export interface RebuildDeps {
  balances: BalanceStore;
  ledger: Pick<LedgerStore, 'balances'>;
  catchUpBalance: (key: AccountKey) => Promise<void>;
}

/** Throws a merchant's cached balances away and adds them up from the entries again (S12). */
export function createRebuildBalances({ balances, ledger, catchUpBalance }: RebuildDeps) {
  return async (merchantId: string): Promise<number> => {
    const accounts = await ledger.balances(merchantId);
    await balances.clear(merchantId);
    for (const { account, currency } of accounts) await catchUpBalance({ merchantId, account, currency });
    return accounts.length;
  };
}

/**
 * The first account whose cached balance is not the sum of its postings, in words, also one that has no postings
 * at all; undefined when all agree (S12). A cache that lags behind because an entry is just being posted is brought up to date first.
 */
export async function findWrongBalance(
  merchantId: string,
  { balances, ledger, catchUpBalance }: RebuildDeps,
): Promise<string | undefined> {
  let wrong: string | undefined;
  // A server that is up may post between the two readings; what is wrong stays wrong.
  for (let tries = 0; tries < 3; tries += 1) {
    wrong = undefined;
    const summed = await ledger.balances(merchantId);
    for (const row of summed) {
      const key = { merchantId, account: row.account, currency: row.currency };
      await catchUpBalance(key);
      const cached = await balances.find(key);
      if (cached?.balance !== row.balance) wrong ??= describe(row, cached?.balance);
    }
    const known = new Set(summed.map(nameOf));
    for await (const cached of balances.all(merchantId)) {
      if (!known.has(nameOf(cached))) wrong ??= describe({ ...cached, balance: 0n }, cached.balance);
    }
    if (wrong === undefined) return undefined;
  }
  return wrong;
}

const nameOf = ({ account, currency }: Pick<AccountBalance, 'account' | 'currency'>): string =>
  `${account} ${currency}`;

function describe({ account, currency, balance }: AccountBalance, cached: bigint | undefined): string {
  const found = cached === undefined ? 'nothing' : String(cached);
  return `the cached balance of ${account} in ${currency} is ${found}, its postings add up to ${balance} (minor units)`;
}

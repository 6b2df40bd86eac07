import type { AccountBalance } from './ledger.store.ts';

/** All debit and all credit balances of one currency; the difference must be zero (S12). Minor units. */
export interface TrialBalance {
  currency: string;
  debit: bigint;
  credit: bigint;
  difference: bigint;
  accounts: AccountBalance[];
}

/** Adds balances up per currency: accounts that gave (below zero) on the debit side, the others on credit. */
export function buildTrialBalance(balances: readonly AccountBalance[]): TrialBalance[] {
  const currencies = [...new Set(balances.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const accounts = balances.filter((balance) => balance.currency === currency);
    let debit = 0n;
    let credit = 0n;
    for (const { balance } of accounts) {
      if (balance < 0n) debit -= balance;
      else credit += balance;
    }
    return { currency, debit, credit, difference: debit - credit, accounts };
  });
}

import { z } from 'zod';
import {
  defineRoute,
  invalidInput,
  money,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { readAccount } from '../../shared/accounts.ts';
import type { BalanceStore } from './balance.store.ts';

const ownBalance = z.object({
  programId: z.string(),
  kind: z.string().meta({ description: 'pending, payable, in-payout or paid-out' }),
  currency: z.string(),
  balance: money,
});

/** What an affiliate's own accounts hold (S12). */
export function affiliateBalanceRoute({ balances }: { balances: BalanceStore }): RouteDefinition {
  return defineRoute({
    method: 'get',
    path: '/api/v1/affiliate/balances',
    summary: "The affiliate's own balances, by currency, account and programme.",
    access: 'affiliate',
    query: pageQuery,
    response: pageOf(ownBalance),
    async handle({ caller: { merchantId, affiliateId }, query: { limit, cursor } }) {
      const filter = { merchantId, affiliateId };
      if (cursor !== undefined && !(await balances.has(filter, cursor))) {
        throw invalidInput([
          { path: 'cursor', message: 'Send the `nextCursor` of the page before, unchanged.' },
        ]);
      }
      const rows = await balances.list(filter, limit + 1, cursor);
      const items = rows.slice(0, limit).map(({ account, currency, balance }) => {
        const { kind, programId } = readAccount(account);
        return {
          programId,
          kind,
          currency,
          balance: { amount: balance, currency },
        };
      });
      return { items, nextCursor: rows.length > limit ? (rows[limit - 1]?._id ?? null) : null };
    },
  });
}

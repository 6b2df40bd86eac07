import { z } from 'zod';
import {
  defineRoute,
  id,
  invalidInput,
  moment,
  money,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { BalanceStore } from './balance.store.ts';
import type { LedgerStore } from './ledger.store.ts';
import { readAccount } from '../../shared/accounts.ts';
import { buildTrialBalance } from './trial-balance.ts';
import { verifyLedger } from './verify-ledger.ts';

const amount = z.bigint().meta({ type: 'integer', format: 'int64', description: 'Minor units' });

const entry = z.object({
  id: z.string(),
  seq: z.int(),
  kind: z.string(),
  postedAt: moment,
  affiliateId: z.string(),
  programId: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  orderVersion: z.int(),
  postingId: z.string(),
  postings: z.array(z.object({ source: z.string(), destination: z.string(), amount: money })),
  hash: z.string(),
});

const balance = z.object({
  account: z.string(),
  kind: z.string(),
  affiliateId: z.string().nullable(),
  programId: z.string(),
  currency: z.string(),
  balance: money,
});

const trialBalance = z.object({ currency: z.string(), debit: amount, credit: amount, difference: amount });

/** Entries, balances, the trial balance and the check of the chain; all read-only (S12). */
export function ledgerRoutes({
  ledger,
  balances,
}: {
  ledger: LedgerStore;
  balances: BalanceStore;
}): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/ledger/entries',
      summary: 'Lists the entries of the ledger, oldest first.',
      access: 'read',
      query: pageQuery.extend({
        cursor: z.coerce
          .number()
          .int()
          .positive()
          .optional()
          .meta({ description: '`nextCursor` of the page before' }),
        affiliateId: id.optional(),
        currency: z.string().length(3).optional(),
      }),
      response: pageOf(entry),
      async handle({ caller, query: { limit, cursor, ...filter } }) {
        const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
        const rows = await ledger.list({ merchantId: caller.merchantId, ...given }, limit + 1, cursor);
        const items = rows.slice(0, limit);
        return {
          items: items.map(present),
          nextCursor: rows.length > limit ? String(items.at(-1)?.seq) : null,
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/ledger/balances',
      summary: 'The balance of every account, by currency and account.',
      access: 'read',
      query: pageQuery,
      response: pageOf(balance),
      async handle({ caller, query: { limit, cursor } }) {
        if (cursor !== undefined && !(await balances.has({ merchantId: caller.merchantId }, cursor))) {
          throw invalidInput([
            { path: 'cursor', message: 'Send the `nextCursor` of the page before, unchanged.' },
          ]);
        }
        const rows = await balances.list({ merchantId: caller.merchantId }, limit + 1, cursor);
        const items = rows.slice(0, limit);
        return {
          items: items.map((row) => ({
            ...readAccount(row.account),
            account: row.account,
            currency: row.currency,
            balance: { amount: row.balance, currency: row.currency },
          })),
          nextCursor: rows.length > limit ? (items.at(-1)?._id ?? null) : null,
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/ledger/trial-balance',
      summary: 'Debits and credits per currency; the difference must be zero.',
      access: 'read',
      response: z.object({ items: z.array(trialBalance) }),
      handle: async ({ caller }) => ({ items: buildTrialBalance(await ledger.balances(caller.merchantId)) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/ledger/verify',
      summary: 'Checks the hash chain and names the first entry that was changed.',
      access: 'read',
      response: z.object({
        entries: z.int(),
        problem: z.object({ seq: z.int(), problem: z.string() }).nullable(),
      }),
      handle: ({ caller }) => verifyLedger(ledger, caller.merchantId),
    }),
  ];
}

function present({ _id: id, currency, postings, ...facts }: LedgerEntry): z.input<typeof entry> {
  return {
    ...facts,
    id,
    postings: postings.map((posting) => ({ ...posting, amount: { amount: posting.amount, currency } })),
  };
}

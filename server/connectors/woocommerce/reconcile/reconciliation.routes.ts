import { z } from 'zod';
import {
  defineRoute,
  id,
  invalidInput,
  moment,
  momentInput,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import type { createReconcile } from './create-reconcile.ts';

const PATH = '/api/v1/reconciliations';

const count = z.int();
const dayFigures = z.object({
  day: z.string().meta({ description: 'In UTC, YYYY-MM-DD, by when the orders were placed' }),
  inStore: count,
  hadBefore: count,
  missing: count,
  differed: count,
  refundsMissed: count,
  deletionsMissed: count,
  unheard: count.meta({ description: 'Orders of which no message ever came' }),
  completePpm: count.meta({ description: '`hadBefore` of `inStore`, in parts per million' }),
});

const reconciliation = z
  .object({
    id: z.string(),
    storeId: z.string(),
    from: moment,
    to: moment,
    status: z.enum(['waiting', 'running', 'finished', 'failed']),
    asked: z.boolean().meta({ description: 'By a person, and not by the calendar' }),
    days: z.array(dayFigures),
    failure: z.string().nullable().meta({ description: 'Why it did not end, in words' }),
    createdAt: moment,
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'Reconciliation' });

/** Comparisons with shops: how complete we were, day by day; whatever was missing has been taken in. */
export function reconciliationRoutes({
  list,
  askFor,
}: Pick<ReturnType<typeof createReconcile>, 'list' | 'askFor'>): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'List comparisons of our orders with the shops, newest first.',
      access: 'read',
      query: pageQuery.extend({ storeId: id.optional() }),
      response: pageOf(reconciliation),
      handle: ({ caller: { merchantId }, query: { storeId, ...page } }) =>
        list(merchantId, storeId === undefined ? {} : { storeId }, page),
    }),
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Ask for a comparison with a shop that gave its keys; it is done soon after.',
      access: 'merchant',
      body: z.strictObject({
        storeId: id,
        from: momentInput.meta({ example: '2026-10-01T00:00:00Z' }),
        to: momentInput.meta({ example: '2026-10-08T00:00:00Z', description: 'Not included' }),
      }),
      status: 202,
      response: reconciliation,
      async handle({ caller: { merchantId }, body: { storeId, from, to } }) {
        if (from >= to) throw invalidInput([{ path: 'to', message: 'Send a moment after `from`.' }]);
        return askFor({ merchantId, storeId }, { from, to });
      },
    }),
  ];
}

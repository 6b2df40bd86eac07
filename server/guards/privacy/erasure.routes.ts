import { z } from 'zod';
import { defineRoute, moment, pageOf, pageQuery, type RouteDefinition } from '../../platform/http/index.ts';
import type { ErasureStore } from './erasure.store.ts';

const erasure = z
  .object({
    id: z.string(),
    storeId: z.string().meta({ description: 'The shop that the buyer asked' }),
    requestedAt: moment,
    receivedAt: moment,
    state: z.literal('waiting').meta({
      description: 'Taken and kept; the keyed hashes of this buyer are still on earlier orders',
    }),
  })
  .meta({ id: 'Erasure' });

/** What buyers asked of the merchant's shops. Who they are is not told: only the shop knows. */
export function erasureRoutes({ erasures }: { erasures: Pick<ErasureStore, 'list'> }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/privacy/erasures',
      summary: 'Buyers who asked a shop to be forgotten, newest first',
      access: 'merchant',
      query: pageQuery,
      response: pageOf(erasure),
      async handle({ caller, query }) {
        const { items, ...page } = await erasures.list(caller.merchantId, query);
        const present = items.map(({ createdAt: receivedAt, ...rest }) => ({ ...rest, receivedAt }));
        return { ...page, items: present.map((item) => ({ ...item, state: 'waiting' as const })) };
      },
    }),
  ];
}

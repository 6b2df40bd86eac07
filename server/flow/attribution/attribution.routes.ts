import { z } from 'zod';
import { defineRoute, idParams, moment, type RouteDefinition } from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import type { Attribution } from './attribution.model.ts';
import type { AttributionStore } from './attribution.store.ts';

const touch = z.object({
  id: z.string(),
  class: z.string(),
  carrier: z.string(),
  at: moment,
  code: z.string().nullable(),
  programId: z.string(),
  affiliateId: z.string(),
  affiliateName: z.string(),
});

const decision = z.object({
  number: z.int(),
  decidedAt: moment,
  engineVersion: z.int(),
  placedAt: moment,
  winner: touch.nullable(),
  losers: z.array(z.object({ touch, reason: z.string() })),
});

/** Who is credited for an order and why nobody else (S3). */
export function attributionRoutes({ attributions }: { attributions: AttributionStore }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/orders/:id/attribution',
      summary: 'Every decision about who is credited for an order; the last one holds.',
      access: 'merchant',
      params: idParams,
      response: z.object({ items: z.array(decision) }),
      async handle({ caller, params }) {
        const found = await attributions.byOrder(caller.merchantId, params.id);
        if (!found) throw notFound('The order');
        return { items: found.decisions.map(present) };
      },
    }),
  ];
}

function present({ input, losers, ...facts }: Attribution['decisions'][number]): z.input<typeof decision> {
  const byId = new Map(input.touches.map((item) => [item.id, item]));
  return {
    ...facts,
    placedAt: input.placedAt,
    losers: losers.flatMap(({ touchId, reason, forMerchant }) => {
      const lost = byId.get(touchId);
      return lost ? [{ touch: lost, reason: forMerchant ?? reason }] : [];
    }),
  };
}

import { z } from 'zod';
import { defineRoute, id, idParams, moment, type RouteDefinition } from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import type { Assignment } from './assign-order.ts';
import type { NumberedDecision } from './attribution.model.ts';
import type { AttributionStore } from './attribution.store.ts';
import type { ConsideredTouch } from './decision/decision.ts';

const touch = z.object({
  id: z.string(),
  class: z.string(),
  carrier: z.string(),
  at: moment,
  code: z.string().nullable(),
  programId: z.string(),
  affiliateId: z.string(),
  affiliateName: z.string(),
  group: z.string().nullable(),
  flagged: z
    .string()
    .nullable()
    .meta({ description: 'What you should know of its source; it earns all the same' }),
  assigned: z
    .object({ staffId: z.string(), reason: z.string() })
    .nullable()
    .meta({ description: 'Who assigned the order by hand, and why' }),
});

const share = touch
  .pick({ class: true, programId: true, affiliateId: true, affiliateName: true })
  .extend({ touchId: z.string(), sharePpm: z.int() });

const earlierOrder = z.object({
  orderId: z.string(),
  number: z.string(),
  placedAt: moment,
  paid: z.boolean(),
  fullyRefunded: z.boolean().meta({ description: 'By refunds made before this order was placed' }),
  credited: z.object({ programId: z.string(), affiliateId: z.string() }).nullable(),
});

const decision = z
  .object({
    number: z.int(),
    decidedAt: moment,
    engineVersion: z.int(),
    placedAt: moment,
    checkoutStartedAt: moment.nullable(),
    winner: touch.nullable(),
    shares: z.array(share).meta({ description: 'Parts of the winner’s commission, strongest first' }),
    losers: z.array(z.object({ touch, reason: z.string() })),
    hold: z.string().nullable().meta({ description: 'Why a person must decide before money moves' }),
    newCustomer: z.object({ isNew: z.boolean(), because: z.string() }),
    earlierOrders: z.array(earlierOrder),
  })
  .meta({ id: 'AttributionDecision' });

const assignment = z.strictObject({
  affiliateId: id,
  programId: id,
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .meta({ description: 'For your own records; affiliates do not see it' }),
});

export interface AttributionRouteDeps {
  attributions: AttributionStore;
  assignOrder(assignment: Assignment): Promise<NumberedDecision>;
}

/** Who is credited for an order and why nobody else (S3), and the merchant's own word on it (S11). */
export function attributionRoutes({ attributions, assignOrder }: AttributionRouteDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/orders/:id/attribution',
      summary: 'Every decision about who is credited for an order; the last one holds.',
      access: 'read',
      params: idParams,
      response: z.object({ items: z.array(decision) }),
      async handle({ caller, params }) {
        const found = await attributions.byOrder(caller.merchantId, params.id);
        if (!found) throw notFound('The order');
        return { items: found.decisions.map(present) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/orders/:id/assign',
      summary: 'Credit an order to an affiliate by hand, also when its attribution is final.',
      access: 'merchant',
      params: idParams,
      body: assignment,
      response: decision,
      async handle({ caller: { merchantId, staffId }, params, body }) {
        return present(await assignOrder({ merchantId, staffId, orderId: params.id, ...body }));
      },
    }),
  ];
}

function present({ input, losers, winner, ...facts }: NumberedDecision): z.input<typeof decision> {
  const byId = new Map(input.touches.map((item) => [item.id, item]));
  const { placedAt } = input;
  return {
    ...ANSWERS_OF_THE_FIRST_ENGINE,
    ...facts,
    placedAt,
    // Decisions of the first engine have read less.
    checkoutStartedAt: input.checkoutStartedAt ?? null,
    earlierOrders: input.earlierOrders ?? [],
    winner: winner && presentTouch(winner),
    losers: losers.flatMap(({ touchId, reason, forMerchant }) => {
      const lost = byId.get(touchId);
      return lost ? [{ touch: presentTouch(lost), reason: forMerchant ?? reason }] : [];
    }),
  };
}

const ANSWERS_OF_THE_FIRST_ENGINE = {
  shares: [],
  hold: null,
  newCustomer: { isNew: true, because: 'it was not looked at when the order was decided' },
};

function presentTouch({ manual, ...facts }: ConsideredTouch): z.input<typeof touch> {
  const { group = null, flagged = null } = facts as Partial<ConsideredTouch>;
  return { ...facts, group, flagged, assigned: manual ?? null };
}

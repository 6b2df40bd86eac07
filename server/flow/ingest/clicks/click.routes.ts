import { z } from 'zod';
import {
  defineRoute,
  id,
  moment,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { UNCOUNTED } from '../touches/judge-click.ts';
import type { ClickDay } from './click-day.ts';
import type { ClickDayStore } from './click-day.store.ts';

const count = z.int().min(0);

const clickDay = z
  .object({
    id: z.string(),
    day: z.string().meta({ description: "In the merchant's time zone", example: '2026-10-01' }),
    programId: z.string(),
    affiliateId: z.string(),
    linkId: z.string().nullable().meta({ description: 'Null: the code on an address of the shop' }),
    subId: z.string().nullable(),
    clicks: count,
    uncounted: z.object({
      bot: count.meta({ description: UNCOUNTED.bot }),
      crowd: count.meta({ description: UNCOUNTED.crowd }),
      blocked: count.meta({ description: UNCOUNTED.blocked }),
      landing: count.meta({ description: UNCOUNTED.landing }),
      repeat: count.meta({ description: UNCOUNTED.repeat }),
    }),
    createdAt: moment,
  })
  .meta({ id: 'ClickDay' });

const day = z.iso.date().optional();
const ownQuery = pageQuery.extend({ from: day, to: day, linkId: id.optional() });

/** The clicks of each day, by affiliate, link and sub-id. */
export function clickRoutes({ clickDays }: { clickDays: Pick<ClickDayStore, 'list'> }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/reports/clicks',
      summary:
        'The clicks of each day by affiliate, link and sub-id, and the visits that were none, with the reason',
      access: 'merchant',
      query: ownQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(clickDay),
      async handle({ caller: { merchantId }, query }) {
        const page = await clickDays.list({ ...query, merchantId }, query);
        return { ...page, items: page.items.map(present) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/affiliate/clicks',
      summary: "The affiliate's own clicks of each day by link and sub-id",
      access: 'affiliate',
      query: ownQuery,
      response: pageOf(clickDay),
      async handle({ caller: { merchantId, affiliateId }, query }) {
        const page = await clickDays.list({ ...query, merchantId, affiliateId }, query);
        return { ...page, items: page.items.map(present) };
      },
    }),
  ];
}

function present({ bot, crowd, blocked, landing, repeat, ...facts }: ClickDay) {
  return { ...facts, uncounted: { bot, crowd, blocked, landing, repeat } };
}

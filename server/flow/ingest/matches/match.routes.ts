import { z } from 'zod';
import { defineRoute, momentInput, type RouteDefinition } from '../../../platform/http/index.ts';
import { notFound } from '../../../shared/errors.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';
import type { StorefrontSettings } from '../../../shared/storefront-settings.ts';
import { evidence, text } from '../conversions/conversion.schema.ts';
import { respectWishes } from '../touches/respect-wishes.ts';
import type { ToldMatch } from './record-match.ts';

export interface MatchRouteDeps {
  findStore: { byStoreKey(storeKey: string): Promise<StoreConnection | undefined> };
  storefrontSettings(merchantId: string): Promise<{ settings: StorefrontSettings }>;
  recordMatch(store: { merchantId: string; storeId: string }, told: ToldMatch): Promise<void>;
  /** @throws DomainError `too-many-requests`. */
  limitVisits(ip: string): Promise<unknown>;
}

const matchBody = z
  .object({
    storeKey: text,
    checkoutToken: text.meta({ description: "Shopify's pixel: event.data.checkout.token" }),
    ...evidence,
    checkoutStartedAt: momentInput.nullish(),
    consent: z
      .boolean()
      .nullish()
      .meta({ description: 'Left out where the platform runs pixels with consent alone' }),
  })
  .refine(
    ({ touchId, visitorKey, code, checkoutStartedAt }) =>
      Boolean(touchId || visitorKey || code || checkoutStartedAt),
    { path: ['touchId'], message: 'Send touchId, visitorKey, code or checkoutStartedAt.' },
  );

/** `POST /collect/v1/matches`: what a pixel in the checkout sends. */
export function matchRoute(deps: MatchRouteDeps): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: '/collect/v1/matches',
    summary: 'Keeps what a pixel in the checkout knows of the buyer for the order of that checkout.',
    access: 'public',
    crossSite: true,
    body: matchBody,
    status: 202,
    async handle({ body, ip, headers }) {
      const { storeKey, consent, ...told } = body;
      await deps.limitVisits(ip);
      const store = await deps.findStore.byStoreKey(storeKey);
      if (!store || store.status === 'disconnected') throw notFound('The store');
      const { settings } = await deps.storefrontSettings(store.merchantId);
      respectWishes(settings, consent ?? null, headers);
      await deps.recordMatch({ merchantId: store.merchantId, storeId: store.id }, told);
    },
  });
}

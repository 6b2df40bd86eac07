import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createApiClient, type ApiClient } from './api-client.ts';
import type { MonthPlan, PlannedAffiliate, PlannedShop } from './plan/month-plan.ts';
import type { ConnectedShop } from './shops/connected-shop.ts';

/** The merchant of the demo. The server listens on loopback only, so that everybody may know the password. */
export const OWNER = { email: 'owner@demo.example', password: 'a month of made-up trade' };
const MERCHANT = { name: 'Demo Traders', timeZone: 'Europe/Vienna' };

/** The reference programme (S5): 20 % by link, 10 % by the affiliate's own coupon. */
const PROGRAMME = {
  name: 'Reference programme',
  rules: [
    { id: 'link', kind: 'percent', args: { ratePpm: 200_000 }, scope: {} },
    { id: 'coupon', kind: 'percent', args: { ratePpm: 100_000 }, scope: { coupon: true } },
  ],
};

export interface MerchantAccount {
  api: ApiClient;
  /** Names by affiliate id. */
  affiliateNames: Map<string, string>;
  shops: ConnectedShop[];
}

const created = z.object({ id: z.string() });
const connected = z.object({
  store: z.object({ id: z.string(), storeKey: z.string() }),
  webhookSecret: z.string(),
  eventSecret: z.string(),
});

/**
 * Creates a merchant with a programme, affiliates and shops, by HTTP alone.
 * @param server its address, and the one-time link of its first start
 */
export async function setUpMerchant(
  server: { url: string; setupUrl: string | undefined },
  plan: Pick<MonthPlan, 'affiliates' | 'shops'>,
): Promise<MerchantAccount> {
  await sendSetupForm(server.setupUrl);
  const api = createApiClient({ url: server.url, ...OWNER });
  const { id: programId } = await api.post('/api/v1/programs', PROGRAMME, created);
  const affiliateNames = new Map<string, string>();
  for (const affiliate of plan.affiliates) {
    affiliateNames.set(await addAffiliate(api, programId, affiliate), affiliate.name);
  }
  const shops: ConnectedShop[] = [];
  for (const shop of plan.shops) shops.push(await connectShop(api, shop));
  return { api, affiliateNames, shops };
}

async function sendSetupForm(setupUrl: string | undefined): Promise<void> {
  if (setupUrl === undefined)
    throw new Error('The server has a merchant already; start it with an empty folder.');
  const body = new URLSearchParams({ ...MERCHANT, ...OWNER });
  const response = await fetch(setupUrl, { method: 'POST', body, redirect: 'manual' });
  if (response.status !== 303) throw new Error(`The setup form was answered with ${response.status}.`);
}

/** An affiliate with a code for links and a coupon; gives the affiliate's id. */
async function addAffiliate(
  api: ApiClient,
  programId: string,
  { name, email, code, couponCode }: PlannedAffiliate,
): Promise<string> {
  const { id: affiliateId } = await api.post('/api/v1/affiliates', { name, email }, created);
  await api.post(`/api/v1/programs/${programId}/memberships`, { affiliateId, code }, created);
  await api.post('/api/v1/coupons', { programId, affiliateId, code: couponCode }, created);
  return affiliateId;
}

async function connectShop(api: ApiClient, shop: PlannedShop): Promise<ConnectedShop> {
  const isShopify = shop.channel === 'shopify';
  const address = {
    platform: isShopify ? 'shopify' : 'woocommerce',
    domain: isShopify ? shop.domain : `https://${shop.domain}`,
    ...(isShopify && { webhookSecret: randomUUID() }),
  };
  const { store, ...secrets } = await api.post('/api/v1/stores', address, connected);
  return { shop, storeId: store.id, storeKey: store.storeKey, ...secrets };
}

import { randomUUID } from 'node:crypto';
import { anOrderEvent } from '../support/a-signed-order.ts';
import type { TestServer } from '../support/a-server.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { anAffiliate } from '../support/an-affiliate.ts';
import { someThings, type Things } from '../support/people.ts';
import type { ApiRoute } from './api-document.ts';

const SALE_DAY = new Date('2026-10-02T10:05:00Z');
const DAY_AFTER_MONTH = new Date('2026-11-02T08:00:00Z');
const MONTH = '2026-10';

/** Who bought; nothing of this may ever be read from the server. */
export const BUYER = {
  id: 'customer-4711',
  email: 'gina@buyers.example',
  visitorKey: 'visitor-of-gina',
};

/** One of everything that the API names, by the path segment or the field under which it stands. */
export interface ApiThings extends Things {
  orders: string;
  /** Of Anna, who also reads it with a key of hers. */
  commissions: string;
  statements: string;
  /** An API key of the affiliate among the people. */
  keys: string;
  /** An API key of a program of the merchant's. */
  'api-keys': string;
  /** A WooCommerce shop that has given its keys. */
  openStores: string;
  /** A new one at every call, told by API, pending, of the shop without a plugin. */
  conversions: string;
  /** Who took part when the orders were placed, and in which programme. */
  member: string;
  membersProgram: string;
  email: string;
  password: string;
  refreshToken: string;
  /** A page of the shop, to which links may lead. */
  targetUrl: string;
  /** A month that has ended. */
  period: string;
}

/**
 * Opens shops that have each sold three times last month: by Ben's coupon after a click of Anna's, partly
 * refunded; by Anna's link; and by nobody. Leaves the clock behind the end of that month.
 */
export async function openSellingShops(at: TestServer, count: number): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (let opened = 0; opened < count; opened += 1) shops.push(await openShop(at));
  at.clock.now = SALE_DAY;
  for (const shop of shops) await sell(shop);
  for (const shop of shops) for (const code of ['anna', 'ben']) await visitTwice(at, shop, code);
  await at.server.parts.jobs.runNow('count-clicks');
  at.clock.now = DAY_AFTER_MONTH;
  return shops;
}

/** By two placements of an affiliate, which are counted apart. */
async function visitTwice(at: TestServer, shop: Shop, code: string): Promise<void> {
  const { storeKey, domain } = shop.stores.custom;
  for (const subId of ['blog', 'mail']) {
    const touch = { storeKey, code, url: `${domain}/?ref=${code}&sub=${subId}`, consent: true };
    await call(at, 'POST', '/collect/v1/touches', touch);
  }
}

async function sell(shop: Shop): Promise<void> {
  const { id, email, visitorKey } = BUYER;
  await shop.touch('anna', visitorKey);
  const referral = { code: 'anna', visitorKey, source: 'cookie' };
  const credited = { referral, coupons: ['ben10'], customer: { id, email } };
  await shop.sendEvents([
    anOrderEvent(credited),
    anOrderEvent({ id: '1002', number: '#1002' }),
    anOrderEvent({ id: '1003', number: '#1003', referral }),
  ]);
  await shop.sendEvents([anOrderEvent({ ...credited, ...PARTLY_REFUNDED }, { sequence: 2 })]);
  await shop.sendEvents([anErasure({ id }), anErasure({ id: 'customer-of-another-order' })]);
}

/** A buyer asks the shop to be forgotten. */
function anErasure(customer: { id: string }): object {
  const occurredAt = SALE_DAY.toISOString();
  return { eventId: randomUUID(), type: 'customer.erased', occurredAt, customer };
}

const PARTLY_REFUNDED = {
  status: 'paid',
  isPaid: true,
  updatedAt: '2026-10-02T10:04:00Z',
  refunds: [
    {
      id: 'r1',
      createdAt: '2026-10-02T10:04:00Z',
      amount: '24.00',
      lines: [{ lineId: 'l1', quantity: 0, total: '20.00', totalTax: '4.00' }],
    },
  ],
};

/** Issues the statements of the month in which the shop sold. */
export async function issueStatements(at: TestServer, shop: Shop): Promise<void> {
  await shop.api('POST', '/api/v1/statements', { period: MONTH });
  await at.server.idle();
}

/**
 * One of everything of a shop: new people and programmes at every call, and what came of its sale.
 * @param status of the new affiliate and membership: still to be approved, or approved when left out
 */
export async function apiThings(at: TestServer, shop: Shop, status?: 'applied'): Promise<ApiThings> {
  const post = (path: string, body: object) => shop.api('POST', `/api/v1${path}`, body);
  const { email, password } = shop;
  const { body: signedIn } = await call(at, 'POST', '/api/v1/auth/login', { email, password });
  const [posting] = await itemsOf(shop, `commissions?affiliateId=${shop.affiliates.anna}`);
  const [statement] = await itemsOf(shop, 'statements');
  const people = await someThings({ post }, status);
  const { body: made } = await post(`/affiliates/${people.affiliates}/api-keys`, { name: 'First' });
  const { body: ofProgram } = await post('/api-keys', { name: 'Shop', scopes: ['read'] });
  await setDiscount(shop, people.coupons);
  const { body: conversion } = await post('/conversions', aConversion(people));
  const openStores = await anOpenStore(shop);
  await askToCompare(shop, openStores);
  return {
    ...people,
    targetUrl: people.shopUrl,
    orders: posting.orderId,
    commissions: posting.id,
    statements: statement?.id ?? 'none-yet',
    keys: made.apiKey.id,
    'api-keys': ofProgram.apiKey.id,
    conversions: conversion.id,
    openStores,
    member: shop.affiliates.anna,
    membersProgram: shop.programId,
    email,
    password,
    refreshToken: signedIn.refreshToken,
    period: MONTH,
  };
}

/** A coupon can be paused once something is set for it. */
async function setDiscount(shop: Shop, coupons: string): Promise<void> {
  const discount = { kind: 'percent', ratePpm: 100_000 };
  await shop.api('PUT', `/api/v1/coupons/${coupons}/discount`, { discount });
}

async function anOpenStore(shop: Shop): Promise<string> {
  const domain = `https://${randomUUID()}.example`;
  const { body } = await shop.api('POST', '/api/v1/stores', { platform: 'woocommerce', domain });
  const keys = { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` };
  await shop.api('PUT', `/api/v1/stores/${body.store.id}/rest-access`, keys);
  return body.store.id;
}

/** Asks for a comparison with a shop that gave its keys. */
export async function askToCompare(shop: Shop, storeId: string): Promise<void> {
  const range = { from: '2026-10-01T00:00:00Z', to: '2026-10-03T00:00:00Z' };
  await shop.api('POST', '/api/v1/reconciliations', { storeId, ...range });
}

/** A lead: it is credited to nobody, and moves no money of the shop. */
const aConversion = ({ stores }: Things) => ({
  storeId: stores,
  kind: 'lead',
  externalId: randomUUID(),
  amount: { amount: 0, currency: 'EUR' },
});

/**
 * A new order and its commission, in the state that a person's decision starts from.
 * @param path of the route that decides, e.g. ".../release"
 */
export async function commissionFor(
  at: TestServer,
  shop: Shop,
  path: string,
): Promise<Pick<ApiThings, 'orders' | 'commissions'>> {
  const id = randomUUID();
  const isPayable = /mark-paid|confirm-removal/.test(path);
  const payment = isPayable ? { status: 'paid', isPaid: true, paidAt: '2026-10-02T10:00:00Z' } : {};
  await shop.sendEvents([anOrderEvent({ id, referral: { code: 'anna', source: 'cookie' }, ...payment })]);
  if (isPayable) await at.server.parts.jobs.runNow('release-due');
  // By its number in the shop: the clock stands still, so that none of the orders is the newest.
  const orderId = (await itemsOf(shop, 'orders?limit=200')).find(({ externalId }) => externalId === id).id;
  const [{ id: commissionId }] = await itemsOf(shop, `commissions?orderId=${orderId}`);
  if (path.endsWith('/release')) {
    await shop.api('POST', `/api/v1/commissions/${commissionId}/hold`, { reason: 'to be released' });
  }
  if (path.endsWith('/confirm-removal')) {
    const removal = { eventId: randomUUID(), type: 'order.removed', orderId: id, sequence: 2 };
    await shop.sendEvents([{ ...removal, occurredAt: at.clock.now.toISOString() }]);
  }
  await at.server.idle();
  return { orders: orderId, commissions: commissionId };
}

/** Calls a route as whoever it is for: the shop's owner, or Anna with an API key. */
export async function callersOf(
  at: TestServer,
  shop: Shop,
): Promise<(route: ApiRoute, ...rest: Rest) => Promise<Answer>> {
  const anna = await anAffiliate(at, shop, shop.affiliates.anna);
  return (route, ...rest) =>
    (route.caller === 'affiliate' ? anna : shop.api)(route.method.toUpperCase(), ...rest);
}
type Rest = [path: string, body?: unknown, headers?: Record<string, string>];

async function itemsOf(shop: Shop, kind: string): Promise<any[]> {
  return (await shop.api('GET', `/api/v1/${kind}`)).body.items;
}

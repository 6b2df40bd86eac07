import { createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { TestServer } from './a-server.ts';

/** What the server answered; the body is read when it is JSON, else it is text. */
export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

interface ConnectedStore {
  id: string;
  storeKey: string;
  webhookSecret: string;
  eventSecret: string;
  domain: string;
}

/** 20 % by link, 10 % by coupon (S5). */
const REFERENCE_RULES = [
  { id: 'link', kind: 'percent', args: { ratePpm: 200_000 }, scope: {} },
  { id: 'coupon', kind: 'percent', args: { ratePpm: 100_000 }, scope: { coupon: true } },
];

/** A merchant with the reference programme, Anna and Ben as affiliates, and one shop of each kind. */
export interface Shop {
  /** The same shop on another server process over the same data. */
  at(other: Place): Shop;
  merchantId: string;
  /** Of its owner. */
  email: string;
  password: string;
  programId: string;
  affiliates: Record<'anna' | 'ben', string>;
  stores: Record<'custom' | 'woocommerce' | 'shopify', ConnectedStore>;
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a batch as the plugin would; resolves when every stage is done with it. */
  sendEvents(events: unknown[], options?: { secret?: string; settle?: boolean }): Promise<Answer>;
  /** Signs and sends any bytes as a batch. */
  sendRaw(body: string): Promise<Answer>;
  sendWooCommerce(topic: string, body: unknown): Promise<Answer>;
  sendShopify(topic: string, body: unknown): Promise<Answer>;
  touch(code: string, visitorKey?: string): Promise<{ touchId: string; visitorKey: string }>;
  /** Decimal-free figures: what an affiliate's pending account holds, per currency. */
  balanceOf(affiliate: 'anna' | 'ben'): Promise<Record<string, number>>;
  entries(): Promise<any[]>;
}

/** @param domains of stores that are there, e.g. on loopback; made up when left out */
export async function openShop(at: TestServer, domains: { woocommerce?: string } = {}): Promise<Shop> {
  const email = `owner-${randomUUID()}@shop.example`;
  const password = 'a long enough password';
  await at.server.parts.merchants.createMerchant({
    name: 'Tea & Co',
    email,
    password,
    timeZone: 'Europe/Prague',
  });
  const api = signInAs(at, email, password);
  const make = async (path: string, body: unknown): Promise<any> => {
    const answer = await api('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const program = await make('/api/v1/programs', { name: 'Partners', rules: REFERENCE_RULES });
  const stores = {
    custom: await connect({ platform: 'custom', domain: 'https://custom.example' }),
    woocommerce: await connect({
      platform: 'woocommerce',
      domain: domains.woocommerce ?? 'https://woo.example',
    }),
    shopify: await connect({
      platform: 'shopify',
      domain: `tea-${randomUUID().slice(0, 8)}.myshopify.com`,
      webhookSecret: `shpss_${randomUUID()}`,
    }),
  };
  const affiliates = { anna: await join('Anna'), ben: await join('Ben') };

  async function connect(store: Record<string, unknown>): Promise<ConnectedStore> {
    const { store: connected, ...secrets } = await make('/api/v1/stores', store);
    return { ...connected, ...secrets };
  }

  async function join(name: string): Promise<string> {
    const code = name.toLowerCase();
    const { id } = await make('/api/v1/affiliates', { name, email: `${code}@partners.example` });
    await make(`/api/v1/programs/${program.id}/memberships`, { affiliateId: id, code });
    await make('/api/v1/coupons', { programId: program.id, affiliateId: id, code: `${code}10` });
    return id;
  }

  const merchantId = (await api('GET', '/api/v1/me')).body.merchant.id as string;
  return visitShop(at, { email, password, merchantId, programId: program.id, affiliates, stores }, api);
}

type ShopFacts = Pick<Shop, 'merchantId' | 'email' | 'password' | 'programId' | 'affiliates' | 'stores'>;
type Place = Pick<TestServer, 'url' | 'clock'> & Partial<Pick<TestServer, 'server'>>;

/** An API client that signs in, and again whenever its sign-in has expired. */
function signInAs(at: Place, email: string, password: string): Shop['api'] {
  let token: string | undefined;
  const signIn = async (): Promise<string> =>
    (await call(at, 'POST', '/api/v1/auth/login', { email, password })).body.accessToken as string;
  return async (method, path, body, headers = {}) => {
    token ??= await signIn();
    const answer = await call(at, method, path, body, { authorization: `Bearer ${token}`, ...headers });
    if (answer.status !== 401) return answer;
    token = await signIn();
    return call(at, method, path, body, { authorization: `Bearer ${token}`, ...headers });
  };
}

/** @param api of its owner, when signed in there already: each sign-in hashes a password */
function visitShop(
  at: Place,
  facts: ShopFacts,
  api: Shop['api'] = signInAs(at, facts.email, facts.password),
): Shop {
  const { stores, affiliates } = facts;
  const settle = async (answer: Answer): Promise<Answer> => {
    await at.server?.idle();
    return answer;
  };
  return {
    ...facts,
    at: (other) => visitShop(other, facts),
    api,
    async sendEvents(events, { secret, settle: wait = true } = {}) {
      const answer = await sendBatch(at, stores.custom, JSON.stringify({ events }), secret);
      return wait ? settle(answer) : answer;
    },
    sendRaw: (body) => sendBatch(at, stores.custom, body),
    async sendWooCommerce(topic, body) {
      const raw = JSON.stringify(body);
      const headers = {
        'x-wc-webhook-topic': topic,
        'x-wc-webhook-signature': sign(raw, stores.woocommerce.webhookSecret),
      };
      return settle(await call(at, 'POST', `/hooks/v1/woocommerce/${stores.woocommerce.id}`, raw, headers));
    },
    async sendShopify(topic, body) {
      const raw = JSON.stringify(body);
      const headers = {
        'x-shopify-topic': topic,
        'x-shopify-shop-domain': stores.shopify.domain,
        'x-shopify-hmac-sha256': sign(raw, stores.shopify.webhookSecret),
      };
      return settle(await call(at, 'POST', '/hooks/v1/shopify', raw, headers));
    },
    async touch(code, visitorKey) {
      const { storeKey } = stores.custom;
      const url = 'https://custom.example/tea?ref=' + code;
      return (
        await call(at, 'POST', '/collect/v1/touches', { storeKey, code, url, visitorKey, consent: true })
      ).body;
    },
    async balanceOf(affiliate) {
      const { body } = await api('GET', '/api/v1/ledger/balances');
      const own = body.items.filter(
        (item: any) => item.kind === 'pending' && item.affiliateId === affiliates[affiliate],
      );
      return Object.fromEntries(own.map((item: any) => [item.currency, item.balance.amount]));
    },
    entries: async () => (await api('GET', '/api/v1/ledger/entries?limit=200')).body.items,
  };
}

function sendBatch(
  at: Place,
  store: ConnectedStore,
  body: string,
  secret = store.eventSecret,
): Promise<Answer> {
  return call(at, 'POST', `/hooks/v1/events/${store.id}`, body, signAsPlugin(at, secret, body));
}

/** The headers with which a shop signs what it sends. */
export function signAsPlugin(
  { clock: { now } }: Pick<TestServer, 'clock'>,
  secret: string,
  body: string,
): Record<string, string> {
  const id = randomUUID();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = new Webhook(secret).sign(id, now, body);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

const sign = (raw: string, secret: string): string =>
  createHmac('sha256', secret).update(raw).digest('base64');

export async function call(
  { url }: Pick<TestServer, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init: RequestInit = {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
  };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url + path, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

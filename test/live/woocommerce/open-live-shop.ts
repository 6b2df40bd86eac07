import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { createStoreApi, createWooClient } from '../../../server/connectors/woocommerce/index.ts';
import { systemClock } from '../../../server/shared/clock.ts';
import { anEmptyInternet } from '../../support/an-internet.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { chromiumPath } from '../../support/requires.ts';
import { openFaultyLine, type FaultyLine } from './a-faulty-line.ts';
import { startWordPress, type ShopOptions, type WordPress } from './a-wordpress.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** A busy machine may stand still for a while. */
const PATIENCE = 180_000;

/** A real WooCommerce shop, connected to a server with the reference programme: 20 % by link, 10 % by coupon. */
export interface LiveShop {
  wordpress: WordPress;
  line: FaultyLine;
  merchant: Shop;
  /** The merchant, who knows the server by the line's address, as the shop does. */
  overLine: Shop;
  storeId: string;
  /** What the store owner pastes, as the server made it. */
  connectionKey: string;
  eventSecret: string;
  webhookSecret: string;
  newVisitor(): Promise<BrowserContext>;
  /** A minute passes: the shop sends what waits, and the server is done with it. Resolves with the shop's counts. */
  send(): Promise<{ pending: number; dead: number }>;
  /** The server is done with what it got. */
  settle(): Promise<void>;
  /** What Anna has pending, in minor units of a currency. */
  earned(currency?: string): Promise<number>;
  /** What Anna earns by something, once the shop has sent it. */
  earnedBy(act: () => Promise<unknown>, currency?: string): Promise<number>;
  /** The order as the server knows it. */
  order(externalId: number): Promise<any>;
  /** What was posted for an order: who, and how much in minor units; no posting of 0. */
  postingsOf(externalId: number): Promise<[affiliate: string, amount: number][]>;
  /** Gives the server keys of the shop's REST interface; what follows in the shop is done when it resolves. */
  openRest(): Promise<void>;
  /** The server reads the whole shop by its REST interface, now; throws when it could not. */
  read(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options with `installed: false` nothing is installed, and the key is not pasted */
export async function openLiveShop(options: ShopOptions = {}): Promise<LiveShop> {
  const wordpress = await startWordPress(options);
  const askShops = createWooClient({ clock: systemClock, allowPrivate: true, timeout: PATIENCE });
  const server = await startServer(new Date(), anEmptyInternet(), createStoreApi(askShops));
  // A shop's clock cannot be moved, so that the server's runs as well.
  Object.defineProperty(server.clock, 'now', { get: () => new Date() });
  const merchant = await openShop(server);
  const line = await openFaultyLine(server.url);
  // Connected over the line, so that the key leads the plugin there.
  const overLine = merchant.at({ url: line.url, clock: server.clock });
  const { store, eventSecret, webhookSecret, connectionKey } = await connect(overLine, wordpress);
  if (options.installed !== false) await wordpress.control('paste', { key: connectionKey });
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
  const shop: LiveShop = {
    wordpress,
    line,
    merchant,
    overLine,
    storeId: store.id,
    connectionKey,
    eventSecret,
    webhookSecret,
    async newVisitor() {
      const visitor = await browser.newContext({ locale: 'en-US', ignoreHTTPSErrors: true });
      visitor.setDefaultTimeout(PATIENCE);
      return visitor;
    },
    async send() {
      const counts = await wordpress.control('send');
      await server.server.idle();
      return counts;
    },
    settle: async () => {
      await server.server.idle();
    },
    earned: async (currency = 'EUR') => (await merchant.balanceOf('anna'))[currency] ?? 0,
    async earnedBy(act, currency) {
      await shop.send();
      const before = await shop.earned(currency);
      await act();
      await shop.send();
      return (await shop.earned(currency)) - before;
    },
    async order(externalId) {
      const { body } = await merchant.api('GET', '/api/v1/orders?limit=200');
      const own = (item: any): boolean => item.storeId === store.id && item.externalId === String(externalId);
      return body.items.find(own);
    },
    async postingsOf(externalId) {
      const { id } = await shop.order(externalId);
      const { body } = await merchant.api('GET', `/api/v1/commissions?orderId=${id}&limit=200`);
      const names = Object.fromEntries(Object.entries(merchant.affiliates).map(([name, own]) => [own, name]));
      return body.items
        .filter((item: any) => item.amount.amount !== 0)
        .map((item: any) => [names[item.affiliateId] ?? item.affiliateId, item.amount.amount]);
    },
    async openRest() {
      const keys = await wordpress.control('rest-key', { may: 'read_write' });
      const path = `/api/v1/stores/${store.id}/rest-access`;
      const { status, body } = await overLine.api('PUT', path, keys);
      if (status !== 200) throw new Error(`the keys were not taken: ${JSON.stringify(body)}`);
      await server.server.idle();
    },
    async read() {
      const { pull } = server.server.parts;
      const since = new Date();
      for (let isRead = false; !isRead;) {
        await pull.pullAll();
        const { finishedAt, failure } = await pull.stateOf(merchant.merchantId, store.id);
        if (failure) throw new Error(failure.message);
        // The server's own reading, which runs every minute, may have gone ahead.
        isRead = finishedAt !== null && finishedAt >= since;
      }
      await server.server.idle();
    },
    stop: () => stop({ wordpress, line, server, browser }),
  };
  return shop;
}

async function connect(merchant: Shop, { host }: WordPress): Promise<any> {
  const store = { platform: 'woocommerce', domain: `http://${host}`, storefrontHosts: [host] };
  const { status, body } = await merchant.api('POST', '/api/v1/stores', store);
  if (status !== 201) throw new Error(`the store was not connected: ${JSON.stringify(body)}`);
  return body;
}

async function stop(parts: {
  wordpress: WordPress;
  line: FaultyLine;
  server: TestServer;
  browser: Browser;
}): Promise<void> {
  await parts.browser.close();
  await parts.wordpress.stop();
  await parts.line.close();
  await parts.server.stop();
}

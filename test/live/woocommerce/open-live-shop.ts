import { randomBytes } from 'node:crypto';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { chromiumPath } from '../../support/requires.ts';
import { openFaultyLine, type FaultyLine } from './a-faulty-line.ts';
import { startWordPress, type WordPress } from './a-wordpress.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** A real WooCommerce shop, connected to a server with the reference programme: 20 % by link, 10 % by coupon. */
export interface LiveShop {
  wordpress: WordPress;
  line: FaultyLine;
  merchant: Shop;
  storeId: string;
  /** What the store owner pastes. */
  connection: Record<string, string>;
  newVisitor(): Promise<BrowserContext>;
  /** A minute passes: the shop sends what waits, and the server is done with it. Resolves with the shop's counts. */
  send(): Promise<{ pending: number; dead: number }>;
  /** What Anna has pending, in minor units of a currency. */
  earned(currency?: string): Promise<number>;
  /** The order as the server knows it. */
  order(externalId: number): Promise<any>;
  stop(): Promise<void>;
}

export async function openLiveShop(): Promise<LiveShop> {
  const wordpress = await startWordPress();
  const server = await startServer();
  // A shop's clock cannot be moved, so that the server's runs as well.
  Object.defineProperty(server.clock, 'now', { get: () => new Date() });
  const merchant = await openShop(server);
  const line = await openFaultyLine(server.url);
  const { store, eventSecret } = await connect(merchant, wordpress);
  const connection = {
    server: line.url,
    storeId: store.id as string,
    storeKey: store.storeKey as string,
    eventSecret: eventSecret as string,
    buyerKey: randomBytes(32).toString('base64'),
  };
  await wordpress.control('key', connection);
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
  return {
    wordpress,
    line,
    merchant,
    storeId: connection.storeId,
    connection,
    newVisitor: () => browser.newContext({ locale: 'en-US' }),
    async send() {
      const counts = await wordpress.control('send');
      await server.server.idle();
      return counts;
    },
    earned: async (currency = 'EUR') => (await merchant.balanceOf('anna'))[currency] ?? 0,
    async order(externalId) {
      const { body } = await merchant.api('GET', '/api/v1/orders?limit=200');
      const own = (item: any): boolean => item.storeId === store.id && item.externalId === String(externalId);
      return body.items.find(own);
    },
    stop: () => stop({ wordpress, line, server, browser }),
  };
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

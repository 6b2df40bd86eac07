import { startFakeWooStore, type FakeWooStore } from '../../server/demo/shops/woocommerce-store/index.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { wooLine, wooOrder, wooRefund } from '../support/woocommerce-payloads.ts';

const START = new Date('2026-11-21T08:00:00Z');
const gmt = (date: Date): string => date.toISOString().slice(0, 19);

/** A server, a merchant, and their WooCommerce shop, which can be read; messages go only where a test sends them. */
export interface ReadShop {
  at: TestServer;
  shop: Shop;
  woo: FakeWooStore;
  giveKeys(): Promise<void>;
  /** The shop's next minute. */
  later(minutes?: number): Date;
  /** Puts an order of one 20.00 EUR line there, referred by Anna. */
  sell(id: number, facts?: Record<string, unknown>): void;
  /** Reads all stores and lets every stage finish. */
  read(): Promise<void>;
  /** Sends the order as the shop's own webhook would. */
  tell(id: number, topic?: string): Promise<void>;
  orderOf(id: number): Promise<any>;
  versionsOf(id: number): Promise<any[]>;
  /** Of Anna: what is pending, in cents. */
  earned(): Promise<number>;
  stop(): Promise<void>;
}

/** @param withKeys false: the shop gives its keys only when a test lets it */
export async function openReadShop({ withKeys = true } = {}): Promise<ReadShop> {
  const woo = await startFakeWooStore();
  const at = await startServer(START);
  const shop = await openShop(at, { woocommerce: woo.address });
  const giveKeys = async (): Promise<void> => {
    const { consumerKey, consumerSecret } = woo.accessOf();
    const access = `/api/v1/stores/${shop.stores.woocommerce.id}/rest-access`;
    await shop.api('PUT', access, { consumerKey, consumerSecret });
  };
  if (withKeys) await giveKeys();
  const storeId = shop.stores.woocommerce.id;
  const orderOf = async (id: number): Promise<any> => {
    const { body } = await shop.api('GET', '/api/v1/orders?limit=200');
    return body.items.find((order: any) => order.externalId === String(id) && order.storeId === storeId);
  };
  return {
    at,
    shop,
    woo,
    giveKeys,
    later(minutes = 1) {
      at.clock.now = new Date(at.clock.now.getTime() + minutes * 60_000);
      return at.clock.now;
    },
    sell(id, facts = {}) {
      const now = gmt(at.clock.now);
      const dates = { date_created_gmt: now, date_modified_gmt: now, date_paid_gmt: now };
      const meta = [{ id: 1, key: '_refledger_ref', value: 'anna' }];
      const line = { line_items: [wooLine({ subtotal: '20.00' })], meta_data: meta };
      woo.setOrder(wooOrder({ id, number: String(id), currency: 'EUR', ...dates, ...line, ...facts }));
    },
    async read() {
      await at.server.parts.pull.pullAll();
      await at.server.idle();
    },
    async tell(id, topic = 'order.updated') {
      const { status } = await shop.sendWooCommerce(topic, woo.show(id));
      if (status !== 200) throw new Error(`the hook answered ${status}`);
    },
    orderOf,
    async versionsOf(id) {
      const { id: orderId } = await orderOf(id);
      return (await shop.api('GET', `/api/v1/orders/${orderId}/versions`)).body.items;
    },
    earned: async () => (await shop.balanceOf('anna'))['EUR'] ?? 0,
    async stop() {
      await at.stop();
      await woo.stop();
    },
  };
}

export const refund = (id: number, amount: string): Record<string, unknown> =>
  wooRefund({ id, amount, lines: [{ total: `-${amount}` }] });

import { expect } from 'chai';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const PLUGIN = 'refledger/refledger.php';

/** An order of 20.00 and 10.00 by Anna's link, in the shop. */
interface Order {
  id: number;
  items: number[];
  refund: number;
}
type Act = (order: Order, shop: LiveShop['wordpress']) => Promise<unknown>;

const refundLine: Act = async (order, { control }) => {
  const { id, items } = order;
  const lines = { [items[1] ?? 0]: { qty: 1, refund_total: 10, refund_tax: [] } };
  order.refund = await control('refund', { id, amount: '10', lines });
};
const refundAmount: Act = ({ id }, { control }) => control('refund', { id, amount: '5' });
const deleteRefund: Act = ({ refund }, { control }) => control('unrefund', { id: refund });
const edit: Act = ({ id }, { control }) => control('edit', { id, price: '15' });
const trash: Act = ({ id }, { control }) => control('trash', { id });
const untrash: Act = ({ id }, { control }) => control('untrash', { id });
const deleteForGood: Act = ({ id }, { control }) => control('delete', { id });
const becomes =
  (status: string, paid = false): Act =>
  ({ id }, { control }) =>
    control('status', { id, status, paid });

/** What befalls an order, and what is left of 20 % of 30.00 EUR. */
const LIVES: [title: string, left: number, acts: Act[]][] = [
  ['sold', 600, []],
  ['completed', 600, [becomes('completed')]],
  ['its line of 10.00 given back: 20 % of 20.00', 400, [refundLine]],
  ['given back, and the refund deleted', 600, [refundLine, deleteRefund]],
  ['given back, 5.00 more as an amount: 20 % of 15.00', 300, [refundLine, refundAmount]],
  ['20.00 edited to 15.00: 20 % of 25.00', 500, [edit]],
  ['cancelled', 0, [becomes('cancelled')]],
  ['cancelled and opened again', 600, [becomes('cancelled'), becomes('processing', true)]],
  ['in the trash', 0, [trash]],
  ['in the trash and back', 600, [trash, untrash]],
  ['deleted for good', 0, [deleteForGood]],
];
const HOURS = 2;
const LEFT = LIVES.map(([title, left]) => [title, left]);

describeOn(available, 'the same orders of a real WooCommerce shop, told and only read', function () {
  this.timeout(20 * MINUTES);
  let shop: LiveShop;
  let told: number[][];

  before(async () => {
    shop = await openLiveShop();
    console.log(`      ${JSON.stringify(shop.wordpress.versions)}`);
    // Far from UTC: WooCommerce filters by dates of either.
    await shop.wordpress.control('option', { name: 'timezone_string', value: 'America/New_York' });
  });
  after(async () => shop?.stop());

  /** Lets the orders live, hour by hour; resolves with what was posted for each, in its order. */
  async function live(everyHour: () => Promise<unknown>): Promise<number[][]> {
    const { product, control } = shop.wordpress;
    const orders: Order[] = [];
    for (let count = 0; count < LIVES.length; count += 1) {
      const order = { currency: 'EUR', product, prices: ['20', '10'], code: 'anna' };
      orders.push({ ...(await control('order', order)), refund: 0 });
    }
    await everyHour();
    for (let hour = 0; hour < HOURS; hour += 1) {
      for (const [index, order] of orders.entries()) await LIVES[index]?.[2][hour]?.(order, shop.wordpress);
      await everyHour();
    }
    return postings(orders);
  }

  async function postings(orders: Order[]): Promise<number[][]> {
    const all: number[][] = [];
    for (const { id } of orders) {
      const isKnown = (await shop.order(id)) !== undefined;
      all.push(isKnown ? (await shop.postingsOf(id)).map(([, amount]) => amount) : []);
    }
    return all;
  }

  const sums = (all: number[][]): unknown[] =>
    all.map((amounts, index) => [LIVES[index]?.[0], amounts.reduce((sum, amount) => sum + amount, 0)]);

  it('told by the plugin, each earns what is left of it', async () => {
    told = await live(() => shop.send());
    expect(sums(told)).to.deep.equal(LEFT);
  });

  it('read every hour, with the plugin switched off: the ledger has the same postings', async () => {
    await shop.wordpress.control('deactivate', { plugin: PLUGIN });
    await shop.openRest();
    shop.line.batches.length = 0;
    expect(await live(() => shop.read())).to.deep.equal(told);
    expect(shop.line.batches, 'what the shop sent').to.deep.equal([]);
  });

  it('read once at the end, from posts instead of order tables: the same is left of each', async () => {
    await shop.wordpress.control('hpos', { on: false });
    const hours = [() => undefined, () => undefined, () => shop.read()];
    expect(sums(await live(async () => hours.shift()?.()))).to.deep.equal(LEFT);
    expect(shop.line.batches, 'what the shop sent').to.deep.equal([]);
  });

  it('read again, nothing is posted', async () => {
    const before = (await shop.merchant.entries()).length;
    await shop.read();
    await shop.read();
    expect((await shop.merchant.entries()).length).to.equal(before);
  });
});

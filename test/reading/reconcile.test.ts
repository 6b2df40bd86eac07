import { expect } from 'chai';
import { sumDays } from '../../server/connectors/woocommerce/reconcile/tally.ts';
import type { Reconciliation } from '../../server/connectors/woocommerce/index.ts';
import { openReadShop, refund, type ReadShop } from './a-read-shop.ts';

const ORDERS = 20;
/** Three of ten. */
const isDropped = (id: number): boolean => id % 10 < 3;

describe('A shop of which three messages of ten are lost', function () {
  this.timeout(120_000);
  let the: ReadShop;
  before(async () => {
    the = await openReadShop();
    for (let id = 1; id <= ORDERS; id += 1) {
      the.sell(id);
      if (!isDropped(id)) await the.tell(id);
    }
    the.later(10);
    the.woo.addRefund(5, refund(105, '5.00'), the.at.clock.now);
    the.woo.deleteForGood(6);
    the.later(20);
  });
  after(() => the.stop());

  async function reconcile(): Promise<Reconciliation> {
    const { parts } = the.at.server;
    the.later(25 * 60);
    await parts.reconcile.reconcileDue(() => Promise.resolve(true));
    await the.at.server.idle();
    const { merchantId, stores } = the.shop;
    const found = await parts.reconcile.newest({ merchantId, storeId: stores.woocommerce.id });
    if (!found) throw new Error('nothing was compared');
    return found;
  }

  it('the comparison says how many were missed, by day, and takes them in', async () => {
    expect(await the.earned(), 'what the messages brought').to.equal(14 * 400);
    const { status, days } = await reconcile();
    expect(status).to.equal('finished');
    expect(days).to.deep.equal([
      {
        ...{ day: '2026-11-21', inStore: 19, hadBefore: 13, missing: 6, differed: 1 },
        ...{ refundsMissed: 1, deletionsMissed: 1, unheard: 6, completePpm: 684_210 },
      },
    ]);
    expect(await the.earned(), '19 orders, one of them refunded by a quarter').to.equal(18 * 400 + 300);
  });

  it('the next one finds all there, and still says which no message told', async () => {
    const figures = sumDays((await reconcile()).days);
    expect(figures).to.include({ inStore: 19, hadBefore: 19, missing: 0, differed: 0, unheard: 6 });
    expect(figures.completePpm).to.equal(1_000_000);
  });
});

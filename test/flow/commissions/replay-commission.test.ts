import { expect } from 'chai';
import { blankCommission, type Commission } from '../../../server/flow/commissions/commission.model.ts';
import { replayCommission } from '../../../server/flow/commissions/index.ts';
import type { Order } from '../../../server/flow/ingest/index.ts';
import type { OrderSnapshot } from '../../../server/shared/order.ts';
import { anOrder } from '../../support/an-order.ts';
import { aSale, percent, postAll, rules } from '../../support/receipts.ts';

const sale = aSale(rules([percent(200_000)]));
const goods = anOrder().line({ price: '100.00' });
const refunded = goods.refund({ lines: { 'line-1': { net: '50.00' } } });

function stored(versions: OrderSnapshot[], changes: Partial<Commission> = {}): [Order, Commission] {
  const numbered = versions.map((snapshot, index) => ({ number: index + 1, snapshot, needsRead: false }));
  const order = { _id: 'order-1', placedAt: versions[0]?.createdAt, versions: numbered } as unknown as Order;
  const commission = {
    ...blankCommission('merchant', 'order-1'),
    orderVersion: versions.length,
    postings: postAll(versions, sale),
    ...changes,
  };
  return [order, commission];
}

describe('S6 the commission of an order that is computed again', () => {
  it('is what was posted, after refunds as well', () => {
    const [order, commission] = stored([goods.build(), refunded.build()]);
    expect(replayCommission(order, sale, commission)).to.deep.equal([]);
  });

  it('differs when a posting was changed or is missing', () => {
    const [order, commission] = stored([goods.build(), refunded.build()]);
    const withoutReversal = { ...commission, postings: commission.postings.slice(0, 1) };
    expect(replayCommission(order, sale, withoutReversal)).to.deep.equal([
      'Anna Berg would have 10.00 EUR for the order, posted: 20.00 EUR',
    ]);
  });

  it('differs under other rules, and names both figures', () => {
    const [order, commission] = stored([goods.build()]);
    const other = aSale(rules([percent(125_000)]));
    expect(replayCommission(order, other, commission)).to.deep.equal([
      'Anna Berg would have 12.50 EUR for the order, posted: 20.00 EUR',
    ]);
  });

  it('is not compared while a deletion waits for a person (S6)', () => {
    const removed = { ...goods.build(), removed: true };
    const removalToConfirm = { orderVersion: 2, since: new Date(0) };
    const [order, commission] = stored([goods.build(), removed], { removalToConfirm });
    const kept = { ...commission, postings: commission.postings.slice(0, 1) };
    expect(replayCommission(order, sale, kept)).to.deep.equal([]);
  });
});

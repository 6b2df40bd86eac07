import { expect } from 'chai';
import {
  describeEarlierOrder,
  describeOrderFacts,
} from '../../../server/flow/attribution/evidence/describe-earlier-order.ts';
import { createParkedOrder } from '../../../server/flow/ingest/create-parked-order.ts';
import type { OrderSnapshot } from '../../../server/shared/order.ts';
import { anOrder } from '../../support/an-order.ts';

const PLACED = new Date('2026-10-01T10:00:00Z');
const on = (day: number): Date => new Date(`2026-10-0${day}T10:00:00Z`);

function factsOf(snapshot: OrderSnapshot) {
  const key = { merchantId: 'm', storeId: 's', externalId: '1001' };
  const version = {
    number: 1,
    hash: '',
    channel: 'plugin' as const,
    acceptedAt: PLACED,
    snapshot,
    needsRead: false,
  };
  return describeOrderFacts(
    { ...createParkedOrder(key, 'order', PLACED), placedAt: PLACED, versions: [version] },
    null,
  );
}
const goods = anOrder().line({ price: '50.00', quantity: 2, tax: '20.00' }).paid();

describe('S8 what later orders of a buyer read of an order', () => {
  it('is when the refund was made that left nothing of the goods, tax included', () => {
    const first = goods.refund({ lines: { 'line-1': { net: '50.00', tax: '10.00' } }, at: on(2) });
    expect(factsOf(first.build())?.fullyRefundedAt).to.equal(null);
    const whole = first.refund({ amountOnly: '60.00', at: on(3) });
    expect(factsOf(whole.build())?.fullyRefundedAt).to.deep.equal(on(3));
  });

  it('is nothing of refunds that were not made, and nothing of shipping', () => {
    const order = goods
      .refund({ amountOnly: '120.00', made: false, at: on(2) })
      .refund({ shipping: '120.00' });
    expect(factsOf(order.build())?.fullyRefundedAt).to.equal(null);
  });

  it('is that an order that cost nothing has nothing to give back', () => {
    expect(factsOf(anOrder().line({ price: '0.00' }).build())?.fullyRefundedAt).to.equal(null);
  });

  it('is nothing at all of a test order', () => {
    expect(factsOf(goods.test().build())).to.equal(undefined);
  });

  it('is, at T of the later order, no refund that was made after it', () => {
    const facts = factsOf(goods.refund({ amountOnly: '120.00', at: on(3) }).build());
    expect(facts && [2, 3].map((day) => describeEarlierOrder(facts, on(day)).fullyRefunded)).to.deep.equal([
      false,
      true,
    ]);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { applyDelivery } from '../../../server/flow/ingest/apply-delivery.ts';
import { createParkedOrder } from '../../../server/flow/ingest/create-parked-order.ts';
import type { Order } from '../../../server/flow/ingest/index.ts';
import { keepUsableEvidence } from '../../../server/flow/ingest/keep-usable-evidence.ts';
import { refuseAbsurdAmounts } from '../../../server/flow/ingest/refuse-absurd-amounts.ts';
import { MINUTE } from '../../../server/shared/clock.ts';
import type { Channel, Delivery, Evidence } from '../../../server/shared/delivery.ts';
import type { OrderSnapshot, Refund } from '../../../server/shared/order.ts';
import { anOrder } from '../../support/an-order.ts';

const START = new Date('2026-10-01T10:00:00Z');
const at = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);

type Told = Exclude<Delivery, { kind: 'nothing' }>;

const nobody = {
  customerId: null,
  email: null,
  address: null,
  emailHash: null,
  addressHash: null,
  earlierOrders: null,
};
const order = (snapshot: OrderSnapshot, evidence: Evidence[] = [], sequence: number | null = null): Told => ({
  kind: 'order',
  snapshot,
  evidence,
  buyer: nobody,
  sequence,
});

let keys = 0;
function after(
  start: Order,
  ...deliveries: (Told | { told: Told; channel: Channel; key?: string })[]
): Order {
  return deliveries.reduce((current, item) => {
    const {
      told: delivery,
      channel,
      key,
    } = 'told' in item
      ? { key: undefined, ...item }
      : { told: item, channel: 'webhook' as const, key: undefined };
    const outcome = applyDelivery(
      current,
      { merchantId: 'm', storeId: 's', channel, key: key ?? `key-${(keys += 1)}`, delivery, buyer: null },
      at(60),
    );
    return outcome.known ? current : outcome.order;
  }, start);
}

const nothing = (): Order =>
  createParkedOrder({ merchantId: 'm', storeId: 's', externalId: '1001' }, 'order', START);
const last = (result: Order): OrderSnapshot | undefined => result.versions.at(-1)?.snapshot;

const placed = anOrder().placedAt(START).line({ price: '100.00' });
const paid = placed.updatedAt(at(5)).paid();
const refund: Refund = {
  id: 'r1',
  createdAt: at(10),
  lines: [{ lineId: 'line-1', quantity: 1, net: 2000n, tax: 0n }],
  amountOnly: 0n,
  shipping: 0n,
  shippingTax: null,
  fees: [],
  made: true,
  totalOnly: false,
};
const refundAlone: Told = { kind: 'refund', orderExternalId: '1001', refund, updatedAt: at(10) };

describe('S2 a delivery that was received before', () => {
  it('is known by its key and changes nothing', () => {
    const once = after(nothing(), { told: order(placed.build()), channel: 'webhook', key: 'same' });
    expect(after(once, { told: order(paid.build()), channel: 'webhook', key: 'same' })).to.equal(once);
  });

  it('makes no version when only its formatting, evidence or channel differ', () => {
    const twice = after(nothing(), order(placed.build()), {
      told: order(placed.updatedAt(at(3)).build(), [
        { kind: 'code', code: 'ANNA', carrier: 'meta', statedAt: null },
      ]),
      channel: 'store-api',
    });
    expect(twice.versions).to.have.length(1);
    expect(twice.evidence).to.have.length(1);
  });
});

describe('E8: on-hold -> processing -> on-hold -> processing', () => {
  it('makes four versions', () => {
    const words = ['on-hold', 'processing', 'on-hold', 'processing'];
    const result = after(
      nothing(),
      ...words.map((word, minute) => order(placed.updatedAt(at(minute)).status(word).build())),
    );
    expect(result.versions.map(({ snapshot }) => snapshot.status)).to.deep.equal(words);
  });
});

describe('S6 the order of versions', () => {
  it('ignores an older state that arrives late', () => {
    const result = after(nothing(), order(paid.build()), order(placed.build()));
    expect(last(result)?.payment).to.equal('paid');
    expect(result.versions).to.have.length(1);
  });

  it("takes what the store's API says over what was pushed at the same moment", () => {
    const read = { told: order(placed.status('processing').build()), channel: 'store-api' as const };
    const pushed = order(placed.status('on-hold').build());
    expect(last(after(nothing(), read, pushed))?.status).to.equal('processing');
    expect(last(after(nothing(), pushed, read))?.status).to.equal('processing');
  });

  it("takes the plugin's higher sequence at the same moment, in any order of arrival", () => {
    const first = { told: order(placed.status('on-hold').build(), [], 1), channel: 'plugin' as const };
    const second = { told: order(placed.status('processing').build(), [], 2), channel: 'plugin' as const };
    expect(last(after(nothing(), second, first))?.status).to.equal('processing');
    expect(last(after(nothing(), first, second))?.status).to.equal('processing');
  });

  it('keeps the last payment state under a status that nobody knows (S7)', () => {
    const shipped = order(paid.updatedAt(at(9)).status('shipped', 'unknown').build());
    expect(last(after(nothing(), order(paid.build()), shipped))?.payment).to.equal('paid');
  });
});

describe('S6 a refund that comes alone', () => {
  it('is parked until the order is known, then merged', () => {
    const parked = after(nothing(), refundAlone);
    expect(parked.versions).to.have.length(0);
    expect(last(after(parked, order(placed.build())))?.refunds).to.deep.equal([refund]);
  });

  it('stays when a payment that is older than it arrives afterwards', () => {
    const result = after(nothing(), order(placed.build()), refundAlone, order(paid.build()));
    expect(last(result)?.payment).to.equal('paid');
    expect(last(result)?.refunds).to.deep.equal([refund]);
  });

  it('is counted once when the order tells it as well', () => {
    const told = { ...paid.updatedAt(at(11)).build(), refunds: [refund] };
    expect(last(after(nothing(), order(placed.build()), refundAlone, order(told)))?.refunds).to.have.length(
      1,
    );
  });

  it('is gone when a newer state of the order no longer has it', () => {
    const result = after(
      nothing(),
      order(placed.build()),
      refundAlone,
      order(paid.updatedAt(at(20)).build()),
    );
    expect(last(result)?.refunds).to.deep.equal([]);
  });
});

describe('S6 a refund of which only a total is known', () => {
  const totalOnly = { ...refund, lines: [], amountOnly: 2000n, totalOnly: true };
  const told = order({ ...paid.updatedAt(at(11)).build(), refunds: [totalOnly] });

  it('marks the order as to be read', () => {
    expect(after(nothing(), order(placed.build()), told).versions.at(-1)?.needsRead).to.equal(true);
  });

  it('marks it as well when it came alone, and gives way to its lines', () => {
    const alone: Told = { kind: 'refund', orderExternalId: '1001', refund: totalOnly, updatedAt: at(10) };
    const marked = after(nothing(), order(placed.build()), alone);
    expect(marked.versions.at(-1)?.needsRead).to.equal(true);
    expect(after(marked, refundAlone).versions.at(-1)?.needsRead).to.equal(false);
    expect(after(nothing(), order(placed.build()), refundAlone, alone).versions.at(-1)?.needsRead).to.equal(
      false,
    );
  });

  it('is completed by what another channel told of the same refund, before or after', () => {
    expect(after(nothing(), order(placed.build()), refundAlone, told).versions.at(-1)?.needsRead).to.equal(
      false,
    );
    expect(after(nothing(), order(placed.build()), told, refundAlone).versions.at(-1)?.needsRead).to.equal(
      false,
    );
  });
});

describe('S6 an order that is trashed and restored', () => {
  const trash: Told = { kind: 'removal', orderExternalId: '1001', updatedAt: at(8), sequence: 3 };

  it('counts as removed until the store tells of it again', () => {
    const trashed = after(nothing(), order(paid.build()), trash);
    expect(last(trashed)?.removed).to.equal(true);
    expect(last(after(trashed, order(paid.updatedAt(at(9)).build())))?.removed).to.equal(false);
  });

  it('is not removed by a removal that is older than its state', () => {
    expect(last(after(nothing(), order(paid.updatedAt(at(9)).build()), trash))?.removed).to.equal(false);
  });
});

describe('S10 coupons are part of the state of the order', () => {
  const coupon = (code: string): Evidence => ({ kind: 'coupon', code, position: 0 });

  it('goes when a newer state has no coupon any more, and stays under an older one', () => {
    const withCoupon = after(nothing(), order(placed.build(), [coupon('anna10')]));
    expect(after(withCoupon, order(paid.build(), [])).evidence).to.deep.equal([]);
    const newer = after(nothing(), order(paid.build(), [coupon('anna10')]));
    expect(after(newer, order(placed.build(), [])).evidence).to.deep.equal([coupon('anna10')]);
  });
});

describe('S9 the buyer of an order', () => {
  const buyer = (email: string) => ({
    customer: null,
    email,
    address: null,
    ips: [],
    paymentAccount: null,
    earlierOrders: null,
  });
  const tell = (start: Order, snapshot: OrderSnapshot, email: string): Order => {
    const received = {
      merchantId: 'm',
      storeId: 's',
      channel: 'webhook' as const,
      key: email,
      delivery: order(snapshot),
      buyer: buyer(email),
    };
    const outcome = applyDelivery(start, received, at(60));
    return outcome.known ? start : outcome.order;
  };

  it('is whom the newest state names, in whatever order the states arrive', () => {
    expect(tell(tell(nothing(), placed.build(), 'old'), paid.build(), 'new').buyer.email).to.equal('new');
    expect(tell(tell(nothing(), paid.build(), 'new'), placed.build(), 'old').buyer.email).to.equal('new');
  });
});

describe('a wish to read the order', () => {
  const wish: Told = { kind: 'read-request', orderExternalId: '1001', reason: 'the order was refunded' };

  it('is remembered once, however often it comes, and changes nothing else', () => {
    const once = after(nothing(), order(placed.build()), wish);
    expect(once.readRequest?.reason).to.equal('the order was refunded');
    expect(after(once, wish, wish, wish)).to.deep.equal(once);
  });
});

describe('S3 a delivery that was received before another one, and is applied after it', () => {
  const future = anOrder().placedAt(at(90)).line({ price: '100.00' });
  const tell = (
    start: Order,
    delivery: Told,
    { receivedAt, channel = 'webhook' }: { receivedAt: Date; channel?: Channel },
  ): Order => {
    const key = `key-${(keys += 1)}`;
    const facts = { merchantId: 'm', storeId: 's', channel, key, delivery, buyer: null };
    const outcome = applyDelivery(start, facts, receivedAt);
    return outcome.known ? start : outcome.order;
  };
  const wish: Told = { kind: 'read-request', orderExternalId: '1001', reason: 'the order was refunded' };

  it('lets the order be placed no later than its own receipt, where the clock of the shop is ahead', () => {
    const late = tell(nothing(), order(future.build()), { receivedAt: at(60) });
    const both = tell(late, order(future.paid().build()), { receivedAt: at(50) });
    expect([late.placedAt, both.placedAt]).to.deep.equal([at(60), at(50)]);
  });

  it('does not turn back the moment until which evidence came', () => {
    const code = (name: string): Evidence => ({
      kind: 'code',
      code: name,
      carrier: 'cookie',
      statedAt: null,
    });
    const first = tell(nothing(), order(placed.build(), [code('A')]), { receivedAt: at(60) });
    const both = tell(first, order(paid.build(), [code('B')]), { receivedAt: at(50) });
    expect(both.evidence).to.have.length(2);
    expect(both.evidenceAt).to.deep.equal(at(60));
  });

  it('does not answer a wish to read the order that is younger, and no younger wish is replaced', () => {
    const wished = tell(nothing(), wish, { receivedAt: at(60) });
    const read = { channel: 'store-api' as const };
    expect(tell(wished, order(placed.build()), { ...read, receivedAt: at(50) }).readRequest?.at).to.deep.equal(at(60)); // prettier-ignore
    expect(tell(wished, wish, { receivedAt: at(50) }).readRequest?.at).to.deep.equal(at(60));
    expect(tell(wished, order(placed.build()), { ...read, receivedAt: at(70) }).readRequest).to.equal(null);
  });
});

describe('evidence that can name no affiliate', () => {
  it('is not stored: a landing address may carry an e-mail address', () => {
    const told: Evidence[] = [
      { kind: 'code', code: 'jane.doe@example.com', carrier: 'landing page', statedAt: null },
      { kind: 'code', code: 'ANNA', carrier: 'landing page', statedAt: null },
      { kind: 'visitor', visitorKey: 'a b', carrier: 'cookie' },
      { kind: 'touch', touchId: 'jane@example.com', carrier: 'cart attribute' },
      { kind: 'coupon', code: 'welcome-jane@example.com', position: 0 },
      { kind: 'touch', touchId: 'x'.repeat(101), carrier: 'cookie' },
    ];
    expect(keepUsableEvidence(told)).to.deep.equal([told[1]]);
  });
});

describe('an amount that no shop sells', () => {
  it('is refused, because the database would store another number', () => {
    const order_ = anOrder().line({ price: '99999999999.99', quantity: 1_000 }).build();
    expect(() => refuseAbsurdAmounts(order_)).to.throw('too large');
    expect(() => refuseAbsurdAmounts(anOrder().line({ price: '99999999.99' }).build())).not.to.throw();
  });
});

it('S2: the same facts in any order of arrival, some repeated, end in the same state', () => {
  const facts: Told[] = [
    order(placed.build()),
    order(paid.build()),
    refundAlone,
    order({ ...paid.updatedAt(at(11)).status('partially_refunded').build(), refunds: [refund] }),
    order({ ...paid.updatedAt(at(15)).status('shipped', 'unknown').build(), refunds: [refund] }),
  ];
  const expected = last(
    after(
      nothing(),
      ...facts.map((told, index) => ({ told, channel: 'webhook' as const, key: `f${index}` })),
    ),
  );
  const indexes = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 2, 4], { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(indexes, (order_) => {
      const result = after(
        nothing(),
        ...order_.map((index) => ({
          told: facts[index] as Told,
          channel: 'webhook' as const,
          key: `f${index}`,
        })),
      );
      expect(last(result)).to.deep.equal(expected);
    }),
  );
});

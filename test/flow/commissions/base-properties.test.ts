import { expect } from 'chai';
import fc from 'fast-check';
import { computeCommission, computeNetBase } from '../../../server/flow/commissions/index.ts';
import { sum } from '../../../server/shared/money.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../../server/shared/order.ts';
import { readTerms } from '../../../server/shared/program-rules.ts';
import { findDisagreements } from '../../independent/recompute.mjs';
import { anOrder } from '../../support/an-order.ts';
import { asJson, aSale, flat, percent, postAll, rules } from '../../support/receipts.ts';
import { scale } from '../../support/scale.ts';

const RUNS = { numRuns: scale(150, 20_000), seed: 1 };
const terms = readTerms({ include: ['shipping', 'fees'] });
const version = rules(
  [
    percent(123_456),
    flat('unit', { EUR: 7 }, { productId: 'p1' }),
    flat('order', { EUR: 99 }, { productId: 'p2' }),
    flat('line', { EUR: 3 }, { productId: 'p3' }),
  ],
  { include: ['shipping', 'fees'] },
);
const cents = (most: number) => fc.bigInt({ min: 0n, max: BigInt(most) });

const lines = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      listed: cents(20_000),
      discount: cents(3_000),
      tax: cents(2_000),
      taxIncluded: fc.boolean(),
      giftCard: fc.boolean(),
      removedUnits: fc.constantFrom(0, 0, 0, 1),
      product: fc.integer({ min: 0, max: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((facts) =>
    facts.map(({ product, ...facts }, index): OrderLine => ({
      ...facts,
      id: `line-${index}`,
      productId: `p${product}`,
      categoryIds: [],
      title: 'Thing',
      discount: facts.discount < facts.listed ? facts.discount : facts.listed,
      containedTaxPpm: null,
    })),
  );

const fee = fc.record({ net: fc.bigInt({ min: -3_000n, max: 2_000n }), tax: cents(300) });

const orders = fc
  .record({
    lines,
    fees: fc.array(fee, { maxLength: 2 }),
    shipping: fc.record({ net: cents(900), tax: cents(90) }),
  })
  .map(({ fees, shipping, ...rest }): OrderSnapshot => ({
    ...anOrder().build(),
    ...rest,
    fees: fees.map((facts, index) => ({ id: `fee-${index}`, ...facts })),
    shipping: { id: 'shipping', ...shipping },
  }));

const refunds = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 3 }),
      lines: fc.array(
        fc.record({
          lineId: fc.integer({ min: 0, max: 5 }).map((number) => `line-${number}`),
          quantity: fc.integer({ min: 0, max: 3 }),
          net: cents(9_000),
          tax: cents(900),
        }),
        { maxLength: 3 },
      ),
      amountOnly: cents(6_000),
      shipping: cents(900),
      shippingTax: fc.option(cents(50)),
      made: fc.constantFrom(true, true, false),
    }),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map(({ minute, ...facts }, index): Refund => ({
      ...facts,
      id: `refund-${index}`,
      createdAt: new Date(Date.UTC(2026, 9, 2, 10, minute)),
      fees: [],
      totalOnly: false,
    })),
  );

const cases = fc
  .record({ order: orders, refunds })
  .map(({ order, refunds: all }) => ({ ...order, refunds: all }));

describe('S4, S6: whatever an order is made of and however it is refunded @long', function () {
  this.timeout(scale(30_000, 900_000));

  it('no line and no commission is below zero, and the lines are the whole', () => {
    fc.assert(
      fc.property(cases, (order) => {
        const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
        const { lines, orderCommissions, base, target } = computeCommission(order, sale, version);
        for (const line of lines)
          expect(line.base >= 0n && line.commission >= 0n && line.units >= 0).to.equal(true);
        expect(base).to.equal(sum(lines.map((line) => line.base)));
        expect(target).to.equal(sum([...lines, ...orderCommissions].map(({ commission }) => commission)));
      }),
      RUNS,
    );
  });

  it('the shares of the lines add up to what was spread over them', () => {
    fc.assert(
      fc.property(orders, cents(40_000), (order, amountOnly) => {
        const refund = { ...blank, amountOnly };
        const before = computeNetBase({ ...order, refunds: [] }, terms).lines;
        const after = computeNetBase({ ...order, refunds: [refund] }, terms).lines;
        const shares = sum(after.map(({ refundShare }) => refundShare));
        const left = (all: typeof after) =>
          sum(
            all.map(
              (line) =>
                line.listed -
                line.discount -
                line.containedTax -
                line.feeShare -
                line.removed -
                line.refundShare,
            ),
          );
        expect(left(before) - left(after)).to.equal(shares);
        expect(shares >= 0n).to.equal(true);
      }),
      RUNS,
    );
  });

  it('refunds end at the same base in any order of arrival', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 4 }), (order, turn) => {
        const { refunds: all } = order;
        const turned = [...all.slice(turn), ...all.slice(0, turn)];
        for (const other of [turned, all.toReversed()]) {
          const again = computeNetBase({ ...order, refunds: other }, terms);
          expect(again).to.deep.equal(computeNetBase(order, terms));
        }
      }),
      RUNS,
    );
  });

  it('refunding everything, by line or as an amount, ends at 0', () => {
    fc.assert(
      fc.property(cases, (order) => {
        const byLine = order.lines.map(({ id, quantity, listed, tax }) => ({
          lineId: id,
          quantity,
          net: listed,
          tax,
        }));
        const extras = { shipping: order.shipping.net + order.shipping.tax, fees: order.fees };
        const wholly = { ...blank, id: 'all', lines: byLine, ...extras };
        const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
        const nothing = computeCommission({ ...order, refunds: [...order.refunds, wholly] }, sale, version);
        expect([nothing.base, nothing.target]).to.deep.equal([0n, 0n]);
        const inMoney = { ...blank, id: 'sum', amountOnly: 10_000_000n };
        expect(computeNetBase({ ...order, refunds: [...order.refunds, inMoney] }, terms).total).to.equal(0n);
      }),
      RUNS,
    );
  });

  it('every receipt agrees with its independent recomputation (S16)', () => {
    fc.assert(
      fc.property(cases, (order) => {
        const postings = postAll([{ ...order, refunds: [] }, order], aSale(version));
        for (const posting of postings) expect(findDisagreements(asJson(posting))).to.deep.equal([]);
      }),
      RUNS,
    );
  });
});

const blank: Refund = {
  id: 'one',
  createdAt: new Date('2026-10-03T00:00:00Z'),
  lines: [],
  amountOnly: 0n,
  shipping: 0n,
  shippingTax: null,
  fees: [],
  made: true,
  totalOnly: false,
};

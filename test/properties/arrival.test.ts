import { expect } from 'chai';
import fc from 'fast-check';
import { toTheCent } from '../model/to-the-cent.ts';
import type { Clue, Fact, OrderState } from '../model/facts.ts';
import { InMemoryProduct } from '../model/in-memory-product.ts';
import { World } from '../model/world.ts';
import { CASES, holdsAlwaysAsync } from './hold-always.ts';

const START = new World().now;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the shop says of one order, oldest first: its amount, what was given back, and new evidence. */
const sayings = fc.array(
  fc.record({
    price: fc.nat(4_000),
    refunded: fc.nat(2_000),
    clue: fc.nat(4),
    late: fc.nat(46),
    turn: fc.nat(99),
  }),
  { minLength: 1, maxLength: 3 },
);

const CLUES: Clue[] = [
  { kind: 'visitor', visitor: 'v' },
  { kind: 'code', affiliate: 'ben', carrier: 'cart attribute', statedAt: null },
  { kind: 'code', affiliate: 'cleo', carrier: 'pixel', statedAt: START },
  { kind: 'touch', touch: 'touch-1' },
  { kind: 'coupon', code: 'involved' },
];

type Saying = { price: number; refunded: number; clue: number; late: number; turn: number };

function toFacts(said: Saying[]): (Extract<Fact, { kind: 'order' }> & { turn: number; late: number })[] {
  const placedAt = START + HOUR;
  const coupons = said[0]?.clue === 4 ? CLUES.slice(4) : [];
  return said.map(({ price, refunded, clue, turn, late }, index) => {
    const lines = [
      {
        ...{ id: 'l', product: 'tea', categories: [], listed: BigInt(price), discount: 0n, tax: 0n },
        ...{ taxIncluded: false, taxPpm: null, giftCard: false },
      },
    ];
    const refund = { id: 'r', at: placedAt, lines: [], amountOnly: BigInt(refunded), made: true };
    const state: OrderState = {
      ...{ currency: 'EUR', createdAt: placedAt, payment: 'paid', paidAt: placedAt, cancelled: false },
      ...{ removed: false, test: false, lines, fees: [], refunds: index > 0 ? [refund] : [] },
    };
    return {
      ...{ kind: 'order', key: `k${index}`, order: 'o', channel: 'plugin', sequence: index },
      ...{
        updatedAt: placedAt + index * MINUTE,
        state,
        clues: [...coupons, ...CLUES.slice(clue % 4, (clue % 4) + 1)],
      },
      ...{ turn, late },
    };
  });
}

/** Tells the sayings at their times, in the order given; `random` mixes up what waits between the stages. */
async function tellAll(
  facts: ReturnType<typeof toFacts>,
  at: (index: number) => number,
  random?: () => number,
) {
  const product = new InMemoryProduct(random ? { random } : {});
  for (const fact of new World().begin()) await product.tell(fact, START);
  await product.tell(
    { kind: 'touch', touch: 'touch-1', visitor: 'v', affiliate: 'anna', class: 'link' },
    START + MINUTE,
  );
  await product.tell(
    { kind: 'touch', touch: 'touch-2', visitor: 'v', affiliate: 'cleo', class: 'link' },
    START + 5 * MINUTE,
  );
  for (const [index, fact] of facts.entries()) {
    await product.tell(fact, at(index));
    if (fact.turn % 2 === 0) await product.settle();
  }
  await product.settle();
  return toTheCent(product.outcome());
}

describe(`S3, S6 the order of arrival within the settle time @long: ${CASES}`, function () {
  this.timeout(1_800_000);

  it('decides neither who is credited nor how much', async () => {
    await holdsAlwaysAsync([sayings], async (said) => {
      const facts = toFacts(said);
      const clean = await tellAll(facts, (index) => START + HOUR + index * MINUTE);
      const mixed = [...facts].sort((a, b) => a.turn - b.turn);
      const times = mixed.map(({ late }) => START + 2 * HOUR + late * HOUR).sort((a, b) => a - b);
      const repeated = mixed.flatMap((fact) => (fact.late % 2 === 0 ? [fact, fact] : [fact]));
      const atTurn = (index: number): number => times[mixed.indexOf(repeated[index] ?? facts[0]!)] ?? START;
      let turns = 0;
      const anyWaiting = (): number => (((said[0]?.turn ?? 0) * (turns += 7)) % 100) / 100;
      expect(await tellAll(repeated, atTurn, anyWaiting)).to.equal(clean);
    });
  });
});

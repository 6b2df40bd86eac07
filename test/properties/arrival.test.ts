import { expect } from 'chai';
import fc from 'fast-check';
import type { Clue, Fact, OrderState, Settings } from '../model/facts.ts';
import { InMemoryProduct } from '../model/in-memory-product.ts';
import { toTheCent } from '../model/to-the-cent.ts';
import { World } from '../model/world.ts';
import { CASES, holdsAlwaysAsync } from './hold-always.ts';

const START = new World().now;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the shop says of one order: its amount, what was given back, new evidence, and who bought. */
const saying = fc.record({
  price: fc.nat(4_000),
  refunded: fc.nat(4_000),
  clue: fc.nat(4),
  names: fc.boolean(),
  late: fc.nat(46),
  turn: fc.nat(99),
});
type Saying = typeof saying extends fc.Arbitrary<infer S> ? S : never;

/** Of two orders of one buyer, oldest first. */
const sayings = fc.tuple(
  fc.array(saying, { minLength: 1, maxLength: 3 }),
  fc.array(saying, { minLength: 1, maxLength: 2 }),
);
const PLACED = [START + HOUR, START + HOUR + 30 * MINUTE] as const;

/** How long the buyer stays bound: not at all, for one order, for ever. */
const binding = fc.constantFrom(undefined, 1, null);

const CLUES: Clue[] = [
  { kind: 'visitor', visitor: 'v' },
  { kind: 'code', affiliate: 'ben', carrier: 'cart attribute', statedAt: null },
  { kind: 'code', affiliate: 'cleo', carrier: 'pixel', statedAt: START },
  { kind: 'touch', touch: 'touch-1' },
  { kind: 'coupon', code: 'involved' },
];

interface Told {
  fact: Extract<Fact, { kind: 'order' }>;
  turn: number;
  late: number;
}

function toFacts(order: string, said: Saying[], placedAt: number): Told[] {
  const coupons = said[0]?.clue === 4 ? CLUES.slice(4) : [];
  return said.map(({ price, refunded, clue, names, turn, late }, index) => {
    const lines = [
      {
        ...{ id: 'l', product: 'tea', categories: [], listed: BigInt(price), discount: 0n, tax: 0n },
        ...{ taxIncluded: false, taxPpm: null, giftCard: false },
      },
    ];
    const refund = { id: 'r', at: placedAt, lines: [], amountOnly: BigInt(refunded), made: true };
    const isPaid = index > 0 || price % 2 === 0;
    const state: OrderState = {
      ...{ currency: 'EUR', createdAt: placedAt, cancelled: false, removed: false, test: false, lines },
      ...{ payment: isPaid ? 'paid' : 'unpaid', paidAt: isPaid ? placedAt : null, fees: [] },
      refunds: index > 0 ? [refund] : [],
    };
    const clues = [...coupons, ...CLUES.slice(clue % 4, (clue % 4) + 1)];
    return {
      fact: {
        ...{ kind: 'order', key: `${order} ${index}`, order, channel: 'plugin', sequence: index },
        ...{ updatedAt: placedAt + index * MINUTE, state, clues, buyer: names ? 'buyer' : null },
      },
      ...{ turn, late },
    };
  });
}

/** Lives through what is told at its times; `random` mixes up what waits between the stages. */
async function live(
  told: { fact: Fact; at: number; settles: boolean }[],
  boundForOrders: number | null | undefined,
  random?: () => number,
): Promise<string> {
  const product = new InMemoryProduct(random ? { random } : {});
  const touchAt = (minute: number, touch: string, affiliate: string): Promise<void> =>
    product.tell({ kind: 'touch', touch, visitor: 'v', affiliate, class: 'link' }, START + minute * MINUTE);
  for (const fact of new World().begin()) {
    const isBound = fact.kind === 'settings' && boundForOrders !== undefined;
    const settings = isBound ? { settings: { ...fact.settings, boundForOrders } as Settings } : {};
    await product.tell({ ...fact, ...settings }, START);
  }
  await touchAt(1, 'touch-1', 'anna');
  await touchAt(5, 'touch-2', 'cleo');
  for (const { fact, at, settles } of told) {
    await product.tell(fact, at);
    if (settles) await product.settle();
  }
  await product.settle();
  return `${toTheCent(product.outcome())} ${newCustomers(product)}`;
}

/** Who was new (S8), by order. */
function newCustomers({ stores }: InMemoryProduct): string {
  const { orders, attributions } = stores.documents;
  return [...orders.values()]
    .map(({ _id, externalId }) => {
      const decision = attributions.get(_id)?.decisions.at(-1);
      return `${externalId} ${decision?.newCustomer.because}`;
    })
    .sort()
    .join('; ');
}

describe(`S3, S6, S8 the order of arrival within the settle time @long: ${CASES}`, function () {
  this.timeout(1_800_000);

  it('decides neither who is credited nor how much, nor who is bound or new', async () => {
    await holdsAlwaysAsync([sayings, binding], async ([first, second], bound) => {
      const ofFirst = toFacts('o1', first, PLACED[0]);
      const ofSecond = toFacts('o2', second, PLACED[1]);
      const all = [...ofFirst, ...ofSecond];
      const clean = all.map(({ fact }) => ({ fact, at: fact.updatedAt, settles: true }));
      const mixed = [...all].sort((a, b) => a.turn - b.turn);
      const times = mixed.map(({ late }) => START + 2 * HOUR + late * HOUR).sort((a, b) => a - b);
      const disturbed = mixed.flatMap(({ fact, turn, late }, index) => {
        const told = { fact, at: times[index] ?? START, settles: turn % 2 === 0 };
        return late % 2 === 0 ? [told, told] : [told];
      });
      let turns = 0;
      const anyWaiting = (): number => ((1 + (first[0]?.turn ?? 0) * (turns += 7)) % 100) / 100;
      expect(await live(disturbed, bound, anyWaiting)).to.equal(await live(clean, bound));
    });
  });
});

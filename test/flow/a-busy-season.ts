import type { Clue, Fact, Line, OrderState } from '../model/facts.ts';
import { World } from '../model/world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MERCHANTS = ['north', 'south', 'west'];
const AFFILIATES = ['anna', 'ben', 'cleo'];
const SEASON_HOURS = 120 * 24;
/** All evidence is there within 20 hours of an order, so that none comes after the settle time of 48 hours. */
const LATEST_CLUE = 20 * HOUR;
const LONGEST_DELAY = 26 * HOUR;

/** Something that happens at a merchant, and when it reaches us. */
export interface Happening {
  merchant: string;
  at: number;
  fact: Fact;
}

type OrderFact = Extract<Fact, { kind: 'order' }>;

/**
 * A season of several merchants as it truly happened, oldest first: clicks, orders, payments, edits, refunds,
 * cancellations, and new rules now and then. The same seed gives the same season.
 *
 * Orders are placed at half past and clicks are made before twenty past, so that no click falls into the two
 * minutes after an order in which clocks may differ.
 */
export function planSeason(random: () => number, events: number): Happening[] {
  const happenings: Happening[] = [];
  const below = (limit: number): number => Math.floor(random() * limit);
  const begin = new World();
  for (const merchant of MERCHANTS)
    for (const fact of begin.begin()) happenings.push({ merchant, at: begin.now, fact });
  let orders = 0;
  let clicks = 0;
  while (happenings.length < events) {
    const merchant = MERCHANTS[below(MERCHANTS.length)] ?? 'north';
    const placedAt = begin.now + (40 * 24 + below(SEASON_HOURS)) * HOUR + 30 * MINUTE;
    const visitor = `v${below(events / 8)}`;
    for (let click = below(3); click > 0; click -= 1) {
      const at = placedAt - 30 * MINUTE - below(35 * 24) * HOUR + below(20 * 60) * SECOND;
      const touch = `touch-${(clicks += 1)}`;
      const affiliate = AFFILIATES[below(3)] ?? 'anna';
      happenings.push({ merchant, at, fact: { kind: 'touch', touch, visitor, affiliate, class: 'link' } });
    }
    const id = `order-${(orders += 1)}`;
    for (const fact of planOrder(id, placedAt, visitor, below))
      happenings.push({ merchant, at: fact.updatedAt, fact });
    if (orders % 400 === 0) happenings.push({ merchant, at: placedAt, fact: newRules(placedAt, below) });
  }
  return happenings.sort((a, b) => a.at - b.at);
}

/** Everything that the shop says of one order: the order as it stands after each thing that happens to it. */
function planOrder(
  id: string,
  placedAt: number,
  visitor: string,
  below: (limit: number) => number,
): OrderFact[] {
  let state: OrderState = {
    ...{ currency: below(3) === 0 ? 'JPY' : 'EUR', createdAt: placedAt, payment: 'unpaid', paidAt: null },
    ...{ cancelled: false, removed: false, test: false, fees: [], refunds: [] },
    lines: [aLine('l1', below), aLine('l2', below)],
  };
  const clues: Clue[] = [{ kind: 'visitor', visitor }];
  if (below(4) === 0)
    clues.push({ kind: 'coupon', code: ['always', 'involved', 'winner'][below(3)] ?? 'always' });
  const late: Clue = { kind: 'code', affiliate: 'ben', carrier: 'cart attribute', statedAt: placedAt - DAY };
  const said: OrderFact[] = [];
  const say = (updatedAt: number): void => {
    const sequence = said.length + 1;
    const key = `${id} ${sequence}`;
    const facts = { updatedAt, state, clues: updatedAt - placedAt <= LATEST_CLUE ? [...clues] : clues };
    said.push({ ...{ kind: 'order', key, order: id, channel: 'plugin', sequence }, ...facts });
  };
  say(placedAt);
  if (below(5) === 0) clues.push(late);
  state = { ...state, payment: 'paid', paidAt: placedAt + MINUTE * 7 };
  let now = placedAt + (1 + below(LATEST_CLUE / MINUTE - 1)) * MINUTE;
  say(now);
  for (let change = below(4); change > 0; change -= 1) {
    now += (1 + below(200)) * HOUR;
    state = changed(state, now, below);
    say(now);
  }
  return said;
}

function aLine(id: string, below: (limit: number) => number): Line {
  const listed = BigInt(1 + below(20_000));
  const base = {
    id,
    product: ['tea', 'pot'][below(2)] ?? 'tea',
    categories: ['green'],
    listed,
    discount: listed / 9n,
  };
  return { ...base, tax: listed / 6n, taxIncluded: below(2) === 0, taxPpm: null, giftCard: false };
}

function changed(state: OrderState, at: number, below: (limit: number) => number): OrderState {
  const { lines, refunds } = state;
  const id = `r${refunds.length + 1}`;
  const [first] = lines;
  switch (below(6)) {
    case 0:
      return { ...state, cancelled: true };
    case 1:
      return { ...state, cancelled: false };
    case 2:
      return { ...state, lines: [aLine('l1', below), ...lines.slice(1)] };
    case 3:
      return {
        ...state,
        refunds: [...refunds, { id, at, lines: [], amountOnly: BigInt(below(5_000)), made: true }],
      };
    default: {
      const net = (first?.listed ?? 0n) / BigInt(1 + below(3));
      const line = { line: 'l1', net, tax: net / 6n };
      return { ...state, refunds: [...refunds, { id, at, lines: [line], amountOnly: 0n, made: true }] };
    }
  }
}

function newRules(from: number, below: (limit: number) => number): Fact {
  const ppm = (): bigint => BigInt(below(300_000));
  const rules = [
    { id: 'link', ppm: ppm() },
    { id: 'coupon', coupon: true, ppm: ppm() },
    { id: 'tea', product: 'tea', ppm: ppm() },
  ];
  return { kind: 'rules', from, rules };
}

/**
 * The same season as it reaches us on a bad day: what shops say comes up to 26 hours late and in any order, and
 * three of ten things come twice, orders also as the nightly reading tells them. A click reaches us when it is
 * made, because our receipt is its time (S3).
 */
export function disturb(season: readonly Happening[], random: () => number): Happening[] {
  const late = (at: number): number => at + Math.floor(random() * LONGEST_DELAY);
  const disturbed = season.flatMap((happening): Happening[] => {
    const { at, fact } = happening;
    const twice = random() < 0.3;
    if (fact.kind === 'touch') return twice ? [happening, { ...happening, fact: again(fact) }] : [happening];
    if (fact.kind !== 'order') return [happening];
    const first = { ...happening, at: late(at) };
    if (!twice) return [first];
    const repeat = random() < 0.5 ? fact : asRead(fact);
    return [first, { ...happening, fact: repeat, at: late(at) }];
  });
  return disturbed.sort((a, b) => a.at - b.at);
}

/** A beacon that was sent twice is a second touch of the same moment. */
const again = (fact: Extract<Fact, { kind: 'touch' }>): Fact => ({ ...fact, touch: `${fact.touch} again` });

const asRead = (fact: OrderFact): Fact => ({
  ...fact,
  key: `${fact.key} read`,
  channel: 'store-api',
  sequence: null,
});

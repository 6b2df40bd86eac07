import { WAITS, type Step } from './alphabet.ts';
import type { Clue, Fact, Line, OrderState, Policy, RefundState, Rule, Settings } from './facts.ts';

const AFFILIATES = ['anna', 'ben', 'cleo'];
const COUPONS: [code: string, policy: Policy][] = [
  ['always', 'always'],
  ['involved', 'if-involved'],
  ['winner', 'if-winner'],
  ['never', 'never'],
];
const CURRENCIES = ['EUR', 'JPY', 'KWD'];
const START = Date.UTC(2026, 9, 1);
const MOST_ORDERS = 3;
const TAX_PPM = 190_000n;

type Told = Extract<Fact, { key: string }>;
type PersonKind = Exclude<Extract<Fact, { order: string }>['kind'], 'order' | 'refund' | 'removal'>;

/** An order as it truly stands in its shop, and what the shop has to say about it. */
interface TrueOrder {
  id: string;
  hasSequences: boolean;
  state: OrderState;
  clues: Clue[];
  updatedAt: number;
  sequence: number;
  /** Said, and still on its way. */
  held: Told[];
  /** Arrived at least once. */
  arrived: Told[];
}

/**
 * Shops, buyers and a merchant that live through a sequence of steps. What the shops say is true at the moment
 * they say it; it may arrive late, twice, in another order, or never.
 */
export class World {
  now = START;
  private touches = 0;
  private readonly orders: TrueOrder[] = [];

  /** What everything begins with: three affiliates, four coupons, rules and settings. */
  begin(): Fact[] {
    return [
      ...AFFILIATES.map((affiliate): Fact => ({ kind: 'standing', affiliate, active: true })),
      ...COUPONS.map(([code, policy], index): Fact => {
        return { kind: 'coupon', code, policy, owner: AFFILIATES[index % 3] ?? 'anna' };
      }),
      { kind: 'rules', from: this.now, rules: makeRules({ size: 200, variant: 0 }) },
      { kind: 'settings', from: this.now, settings: makeSettings({ size: 0, variant: 0 }) },
    ];
  }

  /** What comes last: so much time that everything which happened has had its effect. */
  end(): Fact[] {
    this.now += WAITS[0] ?? 0;
    return [{ kind: 'time' }];
  }

  /** The facts that a step brings about, which may be none. */
  perform(step: Step): Fact[] {
    this.now += pick(WAITS, step.wait);
    const { kind, which, variant } = step;
    const affiliate = pick(AFFILIATES, which);
    switch (kind) {
      case 'touch':
        return [this.touch(step)];
      case 'place':
        return this.place(step);
      case 'rules':
        return [{ kind, from: this.now + pick([0, 3_600_000], variant), rules: makeRules(step) }];
      case 'settings':
        return [{ kind, from: this.now + pick([0, 3_600_000], variant), settings: makeSettings(step) }];
      case 'suspend':
      case 'activate':
        return [{ kind: 'standing', affiliate, active: kind === 'activate' }];
      case 'give-coupon': {
        const [code, policy] = pick(COUPONS, variant);
        return [{ kind: 'coupon', code, policy, owner: affiliate }];
      }
      case 'wait':
        return [{ kind: 'time' }];
      case 'assign':
      case 'approve':
      case 'reject':
      case 'hold':
      case 'release':
      case 'mark-paid':
      case 'confirm-removal':
        return this.orders.length === 0 ? [] : [this.decide(kind, step)];
      default:
        return this.orders.length === 0 ? [] : this.concern(pick(this.orders, which), step);
    }
  }

  private touch({ which, variant, size }: Step): Fact {
    const kind = pick(['link', 'link', 'direct-link', 'pixel'] as const, variant);
    const touch = `touch-${(this.touches += 1)}`;
    return { kind: 'touch', touch, visitor: `v${size % 2}`, affiliate: pick(AFFILIATES, which), class: kind };
  }

  private decide(kind: PersonKind, { which, variant }: Step): Fact {
    const { id: order } = pick(this.orders, which);
    return kind === 'assign' ? { kind, order, affiliate: pick(AFFILIATES, variant) } : { kind, order };
  }

  private place(step: Step): Fact[] {
    if (this.orders.length >= MOST_ORDERS) return [];
    const { which, size, variant } = step;
    // The shop's clock may be a little ahead of ours or behind it.
    const createdAt = this.now + pick([0, -120_000, 30_000, -40_000_000], variant);
    const state: OrderState = {
      currency: pick(CURRENCIES, variant >> 2),
      ...{ createdAt, payment: 'unpaid', paidAt: null, cancelled: false, removed: false },
      test: variant % 32 === 31,
      lines: [makeLine('l1', size, variant), makeLine('l2', size * 7 + 3, variant >> 1)],
      fees: variant % 5 === 4 ? [-BigInt(size % 300), 250n] : [],
      refunds: [],
    };
    const order: TrueOrder = {
      ...{ id: `order-${this.orders.length + 1}`, hasSequences: which % 2 === 0, state },
      clues: this.findClues(step),
      ...{ updatedAt: createdAt, sequence: 1, held: [], arrived: [] },
    };
    this.orders.push(order);
    return this.say(order, this.describe(order), variant);
  }

  /** Only a touch that was made can be named. */
  private findClues(step: Step): Clue[] {
    const isMade = (clue: Clue): boolean =>
      clue.kind !== 'touch' || parseInt(clue.touch.slice('touch-'.length), 10) <= this.touches;
    return makeClues(step).filter((clue) => isMade(clue));
  }

  private concern(order: TrueOrder, step: Step): Fact[] {
    const { kind, size, variant } = step;
    if (kind === 'deliver-held') return this.arrive(order, order.held[size % (order.held.length || 1)]);
    if (kind === 'repeat') return this.arrive(order, order.arrived[size % (order.arrived.length || 1)]);
    if (kind === 'pull') return this.arrive(order, this.describe(order, 'store-api'));
    // Two changes within one second of the shop's clock now and then.
    if (variant % 8 !== 7) order.updatedAt = this.now;
    order.sequence += 1;
    const change = this.change(order, step);
    if (change === undefined) return [];
    if (kind === 'remove' && variant % 2 === 1) {
      const key = `${order.id} removal ${order.sequence}`;
      const sequence = order.hasSequences ? order.sequence : null;
      return this.say(order, { kind: 'removal', key, order: order.id, updatedAt: this.now, sequence }, 0);
    }
    if (kind === 'refund-alone') order.held.push(this.describe(order));
    return this.say(
      order,
      kind === 'refund-alone' ? this.describeRefund(order) : this.describe(order),
      variant,
    );
  }

  /** What becomes of the order; undefined when nothing does. */
  private change(order: TrueOrder, step: Step): true | undefined {
    const { state } = order;
    const set = (changes: Partial<OrderState>): true => {
      order.state = { ...state, ...changes };
      return true;
    };
    const last = state.refunds.at(-1);
    const repeatLast = (made: boolean): true | undefined =>
      last && last.made !== made
        ? set({ refunds: [...state.refunds.slice(0, -1), { ...last, made }] })
        : undefined;
    switch (step.kind) {
      case 'pay':
        // A shop notes once when an order was paid.
        return set({ payment: 'paid', paidAt: state.paidAt ?? order.updatedAt });
      case 'void':
        return set({ payment: 'void' });
      case 'unknown-status':
        return set({ payment: 'unknown' });
      case 'cancel':
      case 'reopen':
        return set({ cancelled: step.kind === 'cancel' });
      case 'remove':
        // A removal must be younger than everything that was said of the order before.
        order.updatedAt = this.now;
        return set({ removed: true });
      case 'restore':
        order.updatedAt = this.now;
        return set({ removed: false });
      case 'edit':
        return set({ lines: editLines(state.lines, step) });
      case 'clue':
        order.clues = [...order.clues, ...this.findClues(step).filter(({ kind }) => kind !== 'coupon')];
        return true;
      case 'refund-fails':
        return repeatLast(false);
      case 'refund-succeeds':
        return repeatLast(true);
      case 'refund-lines':
      case 'refund-amount':
      case 'refund-alone':
        return set({ refunds: [...state.refunds, makeRefund(order, step)] });
      default:
        return undefined;
    }
  }

  private describe(order: TrueOrder, channel?: 'store-api'): Extract<Fact, { kind: 'order' }> {
    const { id, state, clues, updatedAt, hasSequences } = order;
    const pushed = hasSequences ? 'plugin' : 'webhook';
    const sequence = hasSequences && channel === undefined ? order.sequence : null;
    const key = `${id} ${channel ?? pushed} ${order.sequence}`;
    return { kind: 'order', key, order: id, channel: channel ?? pushed, sequence, updatedAt, state, clues };
  }

  private describeRefund({ id, state, updatedAt, sequence }: TrueOrder): Told {
    const refund = state.refunds.at(-1) as RefundState;
    return { kind: 'refund', key: `${id} refund ${sequence}`, order: id, updatedAt, refund };
  }

  /** Says something that arrives at once, or is held up. */
  private say(order: TrueOrder, told: Told, variant: number): Fact[] {
    if (variant % 3 !== 2) return this.arrive(order, told);
    order.held.push(told);
    return [];
  }

  private arrive(order: TrueOrder, told: Told | undefined): Fact[] {
    if (!told) return [];
    order.held = order.held.filter((one) => one !== told);
    if (!order.arrived.includes(told)) order.arrived.push(told);
    return [told];
  }
}

function pick<T>(from: readonly T[], which: number): T {
  return from[which % from.length] as T;
}

const bit = (variant: number, place: number): boolean => ((variant >> place) & 1) === 1;

function makeLine(id: string, size: number, variant: number): Line {
  const listed = BigInt(size % 5_000);
  const discount = bit(variant, 0) ? listed / 7n : 0n;
  const price = listed - discount;
  const taxIncluded = bit(variant, 1);
  const taxPpm = taxIncluded && bit(variant, 2) ? TAX_PPM : null;
  const tax = taxPpm === null ? (price * TAX_PPM) / 1_190_000n : 0n;
  const product = bit(variant, 3) ? 'tea' : 'pot';
  const categories = bit(variant, 4) ? ['green', 'loose'] : ['green'];
  return {
    ...{ id, product, categories, listed, discount, tax, taxIncluded, taxPpm },
    giftCard: variant % 13 === 12,
  };
}

function editLines(lines: Line[], { size, variant }: Step): Line[] {
  if (bit(variant, 5)) return [...lines, makeLine(`l${lines.length + 1}`, size, variant)];
  const edited = size % lines.length;
  return lines.map((line, index) => (index === edited ? makeLine(line.id, size, variant) : line));
}

function makeRefund({ state, updatedAt }: TrueOrder, { kind, size, variant }: Step): RefundState {
  const id = `r${state.refunds.length + 1}`;
  if (kind === 'refund-amount')
    return { id, at: updatedAt, lines: [], amountOnly: BigInt(size % 4_000), made: true };
  const some = state.lines.filter((_, index) => bit(variant, index) || index === size % state.lines.length);
  const lines = some.map(({ id: line, listed, tax }) => {
    const part = BigInt(size % 4) + 1n;
    return { line, net: listed / part, tax: tax / part };
  });
  return { id, at: updatedAt, lines, amountOnly: bit(variant, 4) ? BigInt(size % 50) : 0n, made: true };
}

function makeClues({ which, size, variant }: Step): Clue[] {
  const affiliate = pick(AFFILIATES, size);
  const statedAt = bit(size, 3) ? START + size * 100_000 : null;
  const carrier = bit(size, 2) ? 'pixel' : 'cart attribute';
  const all: Clue[] = [
    { kind: 'visitor', visitor: `v${which % 2}` },
    { kind: 'code', affiliate, carrier, statedAt },
    { kind: 'touch', touch: `touch-${(size % 4) + 1}` },
    ...COUPONS.map(([code]): Clue => ({ kind: 'coupon', code })),
    { kind: 'coupon', code: 'deal' },
  ];
  // The visitor key mostly, half of all else; coupons in the platform's order, forwards or backwards.
  const chosen = all.filter((_, index) =>
    index === 0 ? size % 4 !== 3 : bit(variant, index) !== bit(size, index),
  );
  return bit(size, 5) ? chosen.reverse() : chosen;
}

function makeRules({ size, variant }: Pick<Step, 'size' | 'variant'>): Rule[] {
  const ppm = (offset: number): bigint => BigInt(((size * 7 + offset * 31) % 1_000) * 375);
  const further: Rule[] = [
    { id: 'own', affiliate: 'anna', ppm: ppm(3) },
    { id: 'own-coupon', affiliate: 'ben', coupon: true, ppm: ppm(4) },
    { id: 'code', code: 'always', ppm: ppm(5) },
    { id: 'product', product: 'tea', ppm: ppm(6) },
    { id: 'green', category: 'green', ppm: ppm(7) },
    { id: 'loose', category: 'loose', ppm: ppm(8), priority: size % 2 },
    { id: 'own-product', affiliate: 'cleo', product: 'pot', ppm: ppm(9) },
    { id: 'own-category', affiliate: 'anna', category: 'loose', ppm: ppm(10) },
  ];
  return [
    { id: 'link', ppm: ppm(1) },
    { id: 'coupon', coupon: true, ppm: ppm(2) },
    ...further.filter((_, index) => bit(variant, index)),
  ];
}

function makeSettings({ size, variant }: Pick<Step, 'size' | 'variant'>): Settings {
  const precedence = [
    [['manual'], ['coupon'], ['customer-binding'], ['link', 'direct-link'], ['pixel']],
    [['manual'], ['link', 'direct-link', 'pixel'], ['coupon']],
    [['manual'], ['coupon', 'link', 'direct-link', 'pixel']],
    [['manual'], ['coupon'], ['link']],
  ];
  return {
    windowSeconds: pick([30 * 86_400, 86_400, 3_600, 180], size),
    order: bit(variant, 0) ? 'first' : 'last',
    precedence: pick(precedence, size >> 2),
    voidCodes: bit(variant, 1) ? ['deal'] : [],
    settleHours: 48,
    holdDays: pick([30, 2, 9], size),
    approval: bit(variant, 2) ? 'by-person' : 'automatic',
  };
}

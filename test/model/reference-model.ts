import type { Clue, Fact, Line, OrderState, Outcome, Policy, RefundState, Rule, Settings } from './facts.ts';
import { ReferenceStates } from './reference-states.ts';

// What the money means, written a second time from the contract alone (S1 to S12), as small as it can be
// and as slow as it likes: after every fact it works out everything again. It imports nothing of the product.

const SECOND = 1_000;
const CLOCKS_DIFFER = 120 * SECOND;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const POLICIES: Policy[] = ['always', 'if-involved', 'if-winner', 'never'];

/** S1: half away from zero. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const down = a / b;
  const rounded = (a - down * b) * 2n >= b ? down + 1n : down;
  return negative ? -rounded : rounded;
}

/** S1: the largest remainder; one unit after the other to the largest remainder, the earlier among equals. */
export function share(total: bigint, weights: bigint[]): bigint[] {
  const all = add(weights);
  if (all <= 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / all);
  const rests = weights.map((weight) => (total * weight) % all);
  for (let left = total - add(parts); left > 0n; left -= 1n) {
    const largest = rests.reduce((best, rest, index) => (rest > (rests[best] ?? 0n) ? index : best), 0);
    parts[largest] = (parts[largest] ?? 0n) + 1n;
    rests[largest] = -1n;
  }
  return parts;
}

const add = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** S4, S6: the net base of each line. Lines first, then amounts, so that nothing is given back twice. */
export function bases(state: OrderState): bigint[] {
  const lines = state.lines.map(startOfLine);
  const fees = -add(state.fees.filter((fee) => fee < 0n));
  takeOff(lines, least(fees, add(lines.map(({ net }) => net))));
  const refunds = state.refunds.filter(({ made }) => made).sort(oldestFirst);
  for (const refund of refunds) {
    for (const { line: id, net, tax } of refund.lines) {
      const line = lines[state.lines.findIndex((candidate) => candidate.id === id)];
      if (line)
        Object.assign(line, { net: line.net - least(net, line.net), tax: line.tax - least(tax, line.tax) });
    }
  }
  let tax = add(lines.map((line) => line.tax));
  for (const { amountOnly } of refunds) {
    const net = add(lines.map((line) => line.net));
    if (amountOnly === 0n || net + tax === 0n) continue;
    const reduction = least(divide(amountOnly * net, net + tax), net);
    takeOff(lines, reduction);
    tax -= least(amountOnly - reduction, tax);
  }
  return lines.map(({ net }, index) => (state.lines[index]?.giftCard ? 0n : net));
}

function startOfLine(line: Line): { net: bigint; tax: bigint } {
  const price = line.listed - line.discount;
  if (!line.taxIncluded) return { net: price, tax: line.tax };
  const net = line.taxPpm === null ? price - line.tax : divide(price * 1_000_000n, 1_000_000n + line.taxPpm);
  return { net, tax: price - net };
}

function takeOff(lines: { net: bigint }[], amount: bigint): void {
  const parts = share(
    amount,
    lines.map(({ net }) => net),
  );
  lines.forEach((line, index) => (line.net -= parts[index] ?? 0n));
}

const oldestFirst = (a: RefundState, b: RefundState): number => a.at - b.at || (a.id < b.id ? -1 : 1);

/** S5: most specific first; the places of coupon rules before all others. */
function ruleFor(line: Line, rules: Rule[], affiliate: string, ownCodes: string[]): Rule | undefined {
  const fits = (rule: Rule): boolean =>
    (!rule.coupon || ownCodes.length > 0) &&
    (rule.code === undefined || ownCodes.includes(rule.code)) &&
    (rule.affiliate === undefined || rule.affiliate === affiliate) &&
    (rule.product === undefined || rule.product === line.product) &&
    (rule.category === undefined || line.categories.includes(rule.category));
  const place = ({ code, coupon, affiliate: who, product, category }: Rule): number => {
    if (code !== undefined) return 0;
    if (coupon) return who === undefined ? 2 : 1;
    if (product !== undefined) return who === undefined ? 5 : 3;
    if (category !== undefined) return who === undefined ? 6 : 4;
    return who === undefined ? 8 : 7;
  };
  return rules
    .filter(fits)
    .sort(
      (a, b) => place(a) - place(b) || (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1),
    )[0];
}

interface Candidate {
  affiliate: string;
  class: string;
  at: number;
  content: string;
  named: boolean;
  policy: Policy | null;
  position: number;
}

/** S3: who is credited, among everything that the order's evidence reaches. */
function pickWinner(
  all: Candidate[],
  placedAt: number,
  settings: Settings,
  voided: boolean,
): Candidate | undefined {
  const eligible = all.filter((one) => {
    if (!settings.precedence.flat().includes(one.class) || voided) return false;
    if (one.class === 'manual' || one.class === 'coupon') return true;
    if (one.at > placedAt + CLOCKS_DIFFER && !one.named) return false;
    return placedAt - one.at <= settings.windowSeconds * SECOND;
  });
  const strongest = (some: Candidate[]): Candidate | undefined => [...some].sort(compare)[0];
  const groupOf = ({ class: name }: Candidate): number =>
    settings.precedence.findIndex((group) => group.includes(name));
  function compare(a: Candidate, b: Candidate): number {
    const coupons = a.policy !== null && b.policy !== null;
    const strength = coupons
      ? POLICIES.indexOf(a.policy ?? 'never') - POLICIES.indexOf(b.policy ?? 'never')
      : 0;
    // Of two assignments the newer one holds, whatever the programme says of clicks (S11).
    const first = settings.order === 'first' && a.class !== 'manual';
    const time = first ? a.at - b.at : b.at - a.at;
    const position = coupons ? a.position - b.position : 0;
    return (
      groupOf(a) - groupOf(b) || strength || position || time || (contentKey(a) < contentKey(b) ? -1 : 1)
    );
  }
  const without = eligible.filter(({ policy }) => policy === null);
  const earns = ({ policy, affiliate }: Candidate): boolean => {
    if (policy === null || policy === 'always') return true;
    if (policy === 'if-involved') return without.some((other) => other.affiliate === affiliate);
    return policy === 'if-winner' && strongest(without)?.affiliate === affiliate;
  };
  return strongest(eligible.filter(earns));
}

type Told = Extract<Fact, { kind: 'order' }> & { arrival: number; receivedAt: number };
type Position = Pick<Told, 'updatedAt' | 'channel' | 'sequence'>;

/** S6: updated-at, then the store's API, then the plugin's sequence. */
function position(a: Position, b: Position): number {
  const read = (channel: string): number => (channel === 'store-api' ? 1 : 0);
  return (
    a.updatedAt - b.updatedAt || read(a.channel) - read(b.channel) || (a.sequence ?? -1) - (b.sequence ?? -1)
  );
}

interface Book {
  told: Told[];
  alone: Extract<Fact, { kind: 'refund' }>[];
  removals: Position[];
  assigned: { affiliate: string; at: number }[];
  winner: Candidate | undefined;
  states: ReferenceStates;
  /** S7: when the hold of the order is over, and whether it approves. */
  hold: { end: number; approval: Settings['approval'] };
  removal: 'none' | 'waits' | 'confirmed';
}

/** The whole programme of one merchant, in memory. */
export class ReferenceModel {
  private now = 0;
  private readonly keys = new Set<string>();
  private readonly touches: (Extract<Fact, { kind: 'touch' }> & { at: number })[] = [];
  private readonly rules: Extract<Fact, { kind: 'rules' }>[] = [];
  private readonly settings: Extract<Fact, { kind: 'settings' }>[] = [];
  private readonly standings: { affiliate: string; active: boolean; from: number }[] = [];
  private readonly coupons: (Extract<Fact, { kind: 'coupon' }> & { from: number })[] = [];
  private readonly books = new Map<string, Book>();

  tell(fact: Fact, now: number): void {
    this.now = now;
    for (const book of this.books.values()) this.release(book);
    if ('key' in fact) {
      if (this.keys.has(fact.key)) return;
      this.keys.add(fact.key);
    }
    this.remember(fact);
    for (const book of this.books.values()) this.settle(book);
  }

  private remember(fact: Fact): void {
    const at = this.now;
    const book = 'order' in fact ? this.bookOf(fact.order) : blankBook();
    if (fact.kind === 'touch') this.touches.push({ ...fact, at });
    if (fact.kind === 'rules') this.rules.push(fact);
    if (fact.kind === 'settings') this.settings.push(fact);
    if (fact.kind === 'standing') this.standings.push({ ...fact, from: at });
    if (fact.kind === 'coupon') this.coupons.push({ ...fact, from: at });
    if (fact.kind === 'order') book.told.push({ ...fact, arrival: this.keys.size, receivedAt: at });
    if (fact.kind === 'refund') book.alone.push(fact);
    if (fact.kind === 'removal') book.removals.push({ ...fact, channel: 'webhook' });
    if ('order' in fact && book.told.length > 0) this.decideByPerson(book, fact);
  }

  private decideByPerson(book: Book, fact: Fact): void {
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the rest of the facts is no decision
    switch (fact.kind) {
      case 'assign':
        book.assigned.push({ affiliate: fact.affiliate, at: this.now });
        break;
      case 'confirm-removal':
        if (book.removal === 'waits') book.removal = 'confirmed';
        break;
      case 'approve':
      case 'release':
        book.states.decide(fact.kind);
        this.release(book);
        break;
      case 'reject':
      case 'hold':
      case 'mark-paid':
        book.states.decide(fact.kind);
    }
  }

  private bookOf(order: string): Book {
    const book = this.books.get(order) ?? blankBook();
    this.books.set(order, book);
    return book;
  }

  /** S6, the one formula: afterwards the winner's postings sum to C(v), and everybody else's to nothing. */
  private settle(book: Book): void {
    const [first] = book.told;
    const state = currentState(book);
    if (!first || !state) return;
    const placedAt = Math.min(first.state.createdAt, first.receivedAt);
    const settings = versionAt(this.settings, placedAt)?.settings;
    if (settings) book.winner = this.decide(book, placedAt, settings);
    if (book.winner && settings)
      book.hold = { end: endOfHold(state, placedAt, settings), approval: settings.approval };
    const waits = state.removed && book.removal !== 'confirmed' && book.states.needsConfirmation;
    if (!state.removed || waits) book.removal = waits ? 'waits' : 'none';
    if (waits) return;
    const targets = new Map<string, bigint>();
    if (book.winner) {
      const earned = earns(state) ? this.commission(book, book.winner, state, placedAt) : 0n;
      targets.set(`${book.winner.affiliate} ${state.currency}`, earned);
    }
    book.states.bringTo(targets);
  }

  /** S7: at the end of the hold. */
  private release({ states, hold }: Book): void {
    if (this.now >= hold.end) states.endHold(hold.approval);
  }

  private decide(book: Book, placedAt: number, settings: Settings): Candidate | undefined {
    const frozen = Math.max(placedAt + settings.settleHours * HOUR, book.told[0]?.receivedAt ?? 0);
    const clues = book.told.filter(({ receivedAt }) => receivedAt <= frozen).flatMap((told) => told.clues);
    const candidates = [...this.reachedTouches(clues, placedAt), ...this.redeemed(book, placedAt)];
    for (const clue of clues) {
      const known = (one: Candidate): boolean => one.affiliate === (clue as { affiliate?: string }).affiliate;
      // A code beside a stored touch of its affiliate is that touch (S3); else it is bare and made at T.
      if (clue.kind !== 'code' || candidates.some((one) => known(one) && one.content.startsWith('stored')))
        continue;
      const content = `${clue.affiliate} ${clue.carrier}`;
      const at = Math.min(clue.statedAt ?? placedAt, placedAt);
      const kind = clue.carrier === 'pixel' ? 'pixel' : 'link';
      candidates.push({ ...bare, affiliate: clue.affiliate, class: kind, at, content });
    }
    for (const { affiliate, at } of book.assigned)
      candidates.push({ ...bare, affiliate, class: 'manual', at, content: `assigned at ${at}` });
    const oldest = candidates.filter((one) => !candidates.some((other) => sameButOlder(other, one)));
    const voided = couponsOf(book).some((code) => settings.voidCodes.includes(code));
    const active = oldest.filter(({ affiliate }) => this.isActive(affiliate, placedAt));
    return pickWinner(active, placedAt, settings, voided);
  }

  private reachedTouches(clues: Clue[], placedAt: number): Candidate[] {
    return this.touches.flatMap((touch) => {
      const named = clues.some((clue) => clue.kind === 'touch' && clue.touch === touch.touch);
      const seen = clues.some((clue) => clue.kind === 'visitor' && clue.visitor === touch.visitor);
      if (!named && !(seen && touch.at <= placedAt + CLOCKS_DIFFER)) return [];
      const { affiliate, at, class: kind } = touch;
      return [{ ...bare, affiliate, class: kind, at, content: `stored ${touch.touch}`, named }];
    });
  }

  /** S10: the owner at redemption counts; the coupons are those that the newest version names. */
  private redeemed(book: Book, placedAt: number): Candidate[] {
    return couponsOf(book).flatMap((code, index) => {
      const coupon = versionAt(
        this.coupons.filter((one) => one.code === code),
        placedAt,
      );
      if (!coupon) return [];
      const { owner: affiliate, policy } = coupon;
      return [{ ...bare, affiliate, class: 'coupon', at: placedAt, content: code, policy, position: index }];
    });
  }

  private commission(book: Book, { affiliate }: Candidate, state: OrderState, placedAt: number): bigint {
    const rules = versionAt(this.rules, placedAt)?.rules ?? [];
    const own = this.redeemed(book, placedAt).filter((one) => one.affiliate === affiliate);
    const codes = own.map(({ content }) => content);
    const perLine = bases(state).map((base, index) => {
      const line = state.lines[index];
      return divide(base * ((line && ruleFor(line, rules, affiliate, codes)?.ppm) ?? 0n), 1_000_000n);
    });
    return add(perLine);
  }

  private isActive(affiliate: string, at: number): boolean {
    return (
      versionAt(
        this.standings.filter((one) => one.affiliate === affiliate),
        at,
      )?.active ?? false
    );
  }

  outcome(): Outcome {
    const outcome: Outcome = { winners: {}, posted: {}, balances: {} };
    for (const [order, book] of this.books) {
      if (book.told.length === 0) continue;
      outcome.winners[order] = book.winner ? `${book.winner.affiliate} by ${book.winner.class}` : null;
      for (const { name, ...accounts } of book.states.accounts()) {
        outcome.posted[`${order} ${name}`] = accounts.pending + accounts.payable + accounts.paid;
        const balance = (outcome.balances[name] ??= { pending: 0n, payable: 0n, paid: 0n });
        balance.pending += accounts.pending;
        balance.payable += accounts.payable;
        balance.paid += accounts.paid;
      }
    }
    return outcome;
  }
}

/** S3: what decides a tie, so that two runs agree. */
const contentKey = ({ class: kind, affiliate, content }: Candidate): string =>
  `${kind} ${affiliate} ${content}`;

const bare = { named: true, policy: null, position: 0 };

const sameButOlder = (a: Candidate, b: Candidate): boolean =>
  a.class === b.class && a.content === b.content && a.at < b.at;

const versionAt = <V extends { from: number }>(versions: V[], at: number): V | undefined =>
  versions
    .filter(({ from }) => from <= at)
    .sort((a, b) => a.from - b.from)
    .at(-1);

const blankBook = (): Book => ({
  ...{ told: [], alone: [], removals: [], assigned: [], winner: undefined, removal: 'none' },
  ...{ states: new ReferenceStates(), hold: { end: Infinity, approval: 'automatic' } },
});

/** S7: days after the payment, and never before the order; while it is unpaid there is no end. */
function endOfHold({ payment, paidAt }: OrderState, placedAt: number, { holdDays }: Settings): number {
  if (payment !== 'paid' || paidAt === null) return Infinity;
  return Math.max(paidAt, placedAt) + holdDays * DAY;
}

const newest = (told: Told[]): Told | undefined =>
  [...told].sort((a, b) => position(a, b) || a.arrival - b.arrival).at(-1);

const couponsOf = ({ told }: Book): string[] =>
  newest(told)?.clues.flatMap((clue) => (clue.kind === 'coupon' ? [clue.code] : [])) ?? [];

/** S6, S7: the newest version, refunds that came alone merged in, removals that are newer, the last payment known. */
function currentState({ told, alone, removals }: Book): OrderState | undefined {
  const holds = newest(told);
  if (!holds) return undefined;
  const refunds = new Map(holds.state.refunds.map((refund) => [refund.id, refund]));
  for (const { refund, updatedAt } of [...alone].sort((a, b) => a.updatedAt - b.updatedAt))
    if (!refunds.has(refund.id) || updatedAt > holds.updatedAt) refunds.set(refund.id, refund);
  const paying = newest(told.filter(({ state }) => state.payment !== 'unknown'))?.state;
  const { payment, paidAt } = paying ?? holds.state;
  const removed = holds.state.removed || removals.some((removal) => position(removal, holds) >= 0);
  return { ...holds.state, payment, paidAt, removed, refunds: [...refunds.values()] };
}

const earns = (state: OrderState): boolean =>
  !state.test && !state.cancelled && !state.removed && state.payment !== 'void';

import type { Fact } from './facts.ts';

type Action = Extract<Fact, { kind: 'approve' | 'reject' | 'hold' | 'release' | 'mark-paid' }>['kind'];
type State = 'pending' | 'approved' | 'payable' | 'paid' | 'held' | 'rejected';

/** S7: from where a person may do what. */
const FROM: Record<Action, State[]> = {
  approve: ['pending', 'held'],
  hold: ['pending', 'approved', 'payable'],
  release: ['held'],
  reject: ['pending', 'approved', 'payable', 'held'],
  'mark-paid': ['payable'],
};

/** What of one affiliate's commissions for an order stands in one state, and when the newest of it was posted. */
interface Pile {
  left: bigint;
  newest: number;
}

interface Series {
  piles: Map<State, Pile>;
  /** What was taken back after it was paid: it lowers what is payable (S6). */
  debt: bigint;
  rejected: boolean;
  /** Something of it was payable or paid once. */
  wasPayable: boolean;
}

/** Where the money of one order stands (S6, S7), by `affiliate currency`. */
export class ReferenceStates {
  private readonly all = new Map<string, Series>();
  private posted = 0;

  /** Posts what the targets differ from what was posted; whoever has no target has a target of nothing. */
  bringTo(targets: Map<string, bigint>): void {
    for (const [name, series] of this.all) if (!targets.has(name)) this.post(series, 0n);
    for (const [name, target] of targets) {
      const series = this.all.get(name) ?? blankSeries();
      this.all.set(name, series);
      this.post(series, target);
    }
  }

  /** S6: what was posted last is taken back first; what was paid stays paid and becomes a debt. */
  private post(series: Series, target: bigint): void {
    const { piles, rejected } = series;
    const difference = (rejected ? 0n : target) - sumOf(piles);
    if (difference > 0n || piles.size === 0) {
      const pending = piles.get('pending')?.left ?? 0n;
      piles.set('pending', { left: pending + difference, newest: (this.posted += 1) });
      return;
    }
    let rest = -difference;
    for (const [state, pile] of [...piles].sort(([, a], [, b]) => b.newest - a.newest)) {
      const taken = pile.left < rest ? pile.left : rest;
      pile.left -= taken;
      if (state === 'paid') series.debt += taken;
      rest -= taken;
    }
  }

  /** S7: a person decides on the newest commission that allows it, and on all that stands with it. */
  decide(action: Action): void {
    const [found] = [...this.all.values()]
      .flatMap((series) => [...series.piles].map(([state, pile]) => ({ series, state, pile })))
      .filter(({ state }) => FROM[action].includes(state))
      .sort((a, b) => b.pile.newest - a.pile.newest);
    if (!found) return;
    const { series, state } = found;
    if (action === 'approve') move(series, state, 'approved');
    if (action === 'hold') move(series, state, 'held');
    if (action === 'release') move(series, state, 'pending');
    if (action === 'mark-paid') move(series, state, 'paid');
    if (action !== 'reject') return;
    series.rejected = true;
    this.post(series, 0n);
    for (const from of FROM.reject) move(series, from, 'rejected');
  }

  /** S7: the hold is over; what nobody has to approve first is approved by it. */
  endHold(approval: 'automatic' | 'by-person'): void {
    for (const series of this.all.values()) {
      move(series, 'approved', 'payable');
      if (approval === 'automatic') move(series, 'pending', 'payable');
    }
  }

  /** Whether a deletion would take something back of an order of which something is payable or paid (S6). */
  get needsConfirmation(): boolean {
    const all = [...this.all.values()];
    return all.some(({ wasPayable }) => wasPayable) && all.some(({ piles }) => sumOf(piles) !== 0n);
  }

  /** S12: what lies on which account. */
  *accounts(): Iterable<{ name: string; pending: bigint; payable: bigint; paid: bigint }> {
    for (const [name, { piles, debt }] of this.all) {
      const left = (state: State): bigint => piles.get(state)?.left ?? 0n;
      const pending = left('pending') + left('approved') + left('held');
      yield { name, pending, payable: left('payable') - debt, paid: left('paid') + debt };
    }
  }
}

const blankSeries = (): Series => ({ piles: new Map(), debt: 0n, rejected: false, wasPayable: false });

function move(series: Series, from: State, to: State): void {
  const { piles } = series;
  const pile = piles.get(from);
  if (!pile || from === to) return;
  series.wasPayable ||= to === 'payable' || to === 'paid';
  const there = piles.get(to);
  piles.delete(from);
  const newest = Math.max(pile.newest, there?.newest ?? 0);
  piles.set(to, { left: pile.left + (there?.left ?? 0n), newest });
}

const sumOf = (piles: Map<State, Pile>): bigint =>
  [...piles.values()].reduce((sum, { left }) => sum + left, 0n);

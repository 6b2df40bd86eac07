import { SECOND } from '../../shared/clock.ts';

/** Chance that repeats itself: the same seed gives the same draws in the same order. */
export interface SeededRandom {
  /** From 0 (inside) to 1 (outside). */
  fraction(): number;
  /** A whole number; both ends are inside. */
  integer(min: number, max: number): number;
  /** A whole second between two distances from a moment, in milliseconds; platforms tell no finer time. */
  moment(from: Date, least: number, most: number): Date;
  /** One of the items. @throws RangeError when there are none. */
  pick<T>(items: readonly T[]): T;
  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Mulberry32: small, and good enough to make up a month. Never for secrets. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;

  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const integer = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1));

  return {
    fraction,
    integer,
    moment(from, least, most) {
      const time = from.getTime() + integer(least, most);
      return new Date(time - (time % SECOND));
    },
    pick(items) {
      if (items.length === 0) throw new RangeError('There is nothing to pick from.');
      return items[integer(0, items.length - 1)] as (typeof items)[number];
    },
    shuffle(items) {
      const left = [...items];
      return items.map(() => left.splice(integer(0, left.length - 1), 1)[0] as (typeof items)[number]);
    },
  };
}

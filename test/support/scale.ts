/**
 * How much a large suite does: `normal` in `npm test`; in `npm run test:long` (LONG=1) the whole `long`, or the
 * share of it that LONG_SHARE names (a tenth in continuous integration), never less than `normal`.
 */
export function scale(normal: number, long: number): number {
  if (process.env['LONG'] !== '1') return normal;
  return Math.max(normal, Math.round(long * parseFloat(process.env['LONG_SHARE'] ?? '1')));
}

/** The seed of this run's random choices: SEED, else 1. Printed by the suites that use it. */
export const SEED = parseInt(process.env['SEED'] ?? '1', 10);

/** A small seeded generator (mulberry32): numbers from 0 to below 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import fc from 'fast-check';
import { scale, SEED } from '../support/scale.ts';

/** How many cases each property is tried with; the long run takes 100 000. */
export const RUNS = scale(300, 100_000);

const OPTIONS = { numRuns: RUNS, seed: SEED };

/** For titles: how many cases, and the seed that gives them again. */
export const CASES = `${RUNS} cases each (seed ${SEED})`;

/** Tries a property; a case that breaks it is shrunk and printed with its seed. */
export function holdsAlways<T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
): void {
  fc.assert(fc.property<T>(...arbitraries, check), OPTIONS);
}

/** The same for a check that waits. */
export async function holdsAlwaysAsync<T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty<T>(...arbitraries, check), OPTIONS);
}

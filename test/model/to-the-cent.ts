import { canonicalJson } from '../../server/shared/hash.ts';
import type { Outcome } from './facts.ts';

/**
 * An outcome as text, to compare two ways to the same end. What came to nothing is left out: whether somebody
 * was credited for a while, and then not, depends on what was known when.
 */
export function toTheCent({ winners, posted, balances }: Outcome): string {
  const amounts = Object.entries(posted).filter(([, amount]) => amount !== 0n);
  const held = Object.entries(balances).filter(([, accounts]) =>
    Object.values(accounts).some((amount) => amount !== 0n),
  );
  return canonicalJson({ winners, posted: Object.fromEntries(amounts), balances: Object.fromEntries(held) });
}

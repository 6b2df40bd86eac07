import type { Decision } from './decision.ts';

/**
 * What the merchant should know of the sources of the touches that earn, in words: one line for each that the
 * programme flagged. For the merchant alone, like every finding of a guard (S16). Decisions of the first engine have
 * no shares.
 */
export function listFlags({
  input,
  shares = [],
}: Pick<Decision, 'input'> & Partial<Pick<Decision, 'shares'>>): string[] {
  const earning = new Set(shares.map(({ touchId }) => touchId));
  return input.touches
    .filter(({ id, flagged }) => earning.has(id) && Boolean(flagged))
    .map(({ carrier, affiliateName, flagged }) => `${carrier} of ${affiliateName}: ${flagged}`);
}

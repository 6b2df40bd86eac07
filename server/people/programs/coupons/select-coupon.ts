import type { Coupon } from './coupon.ts';

/** The longest code of which the beginnings are looked up; no shop has longer ones. */
const LONGEST_CODE = 200;
const STAR = '*';

/**
 * Every folded code under which a coupon could own a code on an order: the code itself, and the pattern of each
 * of its beginnings (S10). "ab" gives "ab", "*", "a*", "ab*". Made for one query over the unique index of codes.
 */
export function codesThatCouldOwn(foldedCode: string): string[] {
  const signs = [...foldedCode].slice(0, LONGEST_CODE);
  const beginnings = Array.from({ length: signs.length + 1 }, (_, length) => signs.slice(0, length).join(''));
  return [foldedCode, ...beginnings.map((beginning) => beginning + STAR)];
}

/**
 * The coupon that a code on an order belongs to (S10): an exact code beats a pattern, also one that was taken
 * back; the longest pattern beats shorter ones. A coupon counts from its first assignment on, so that a code
 * that is given away later takes nothing from an order that a pattern brought.
 *
 * @param candidates found by `codesThatCouldOwn`
 */
export function selectCoupon(
  candidates: readonly Coupon[],
  foldedCode: string,
  moment: Date,
): Coupon | undefined {
  const begun = candidates.filter(({ assignments }) => assignments.some(({ from }) => from <= moment));
  const exact = begun.find((coupon) => coupon.foldedCode === foldedCode);
  const patterns = begun
    .filter((coupon) => isPatternOf(coupon, foldedCode))
    .toSorted((a, b) => b.foldedCode.length - a.foldedCode.length);
  return exact ?? patterns[0];
}

function isPatternOf({ foldedCode: pattern }: Coupon, foldedCode: string): boolean {
  return pattern.endsWith(STAR) && foldedCode.startsWith(pattern.slice(0, -STAR.length));
}

// Amounts are integer counts of a currency's minor unit (S1), as bigint: 1999n with EUR is 19.99 EUR.

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * Exact quotient of two integers, rounded half away from zero (S1).
 * The only place where Refledger rounds.
 * @throws RangeError when `divisor` is zero.
 */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = (abs(dividend) * 2n + abs(divisor)) / (abs(divisor) * 2n);
  return dividend < 0n === divisor < 0n ? quotient : -quotient;
}

/** `amount x numerator / denominator`, rounded once, half away from zero (S1). */
export function scale(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  return divideRounded(amount * numerator, denominator);
}

/**
 * Splits `total` by weights with the largest remainder, so that the parts always add up to the whole (S1).
 * Equal remainders go to the earlier part. Weights below zero count as zero; if no weight is above zero,
 * every part but the first is zero.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) return [];
  const positive = weights.map((weight) => (weight > 0n ? weight : 0n));
  const sum = positive.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const magnitude = abs(total);
  const parts = positive.map((weight) => (magnitude * weight) / sum);
  const left = magnitude - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = positive
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  byRemainder.forEach(({ index }, rank) => {
    if (BigInt(rank) < left) parts[index] = (parts[index] ?? 0n) + 1n;
  });
  return total < 0n ? parts.map((part) => -part) : parts;
}

/** The sum of amounts in one currency. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

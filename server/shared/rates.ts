import { allocate, scale } from './money.ts';

/** One whole in parts per million (S1): 12.5 % = 125 000 ppm. */
export const PPM = 1_000_000;

/** `amount x ratePpm / 1 000 000` in minor units, rounded once, half away from zero (S1). */
export function applyRate(amount: bigint, ratePpm: number): bigint {
  return scale(amount, BigInt(ratePpm), BigInt(PPM));
}

/** A whole in ppm, split by weights with the largest remainder: the parts always add up to 1 000 000 (S1, S3). */
export function splitWhole(weights: readonly number[]): number[] {
  const parts = allocate(
    BigInt(PPM),
    weights.map((weight) => BigInt(weight)),
  );
  return parts.map((part) => Number.parseInt(part.toString(), 10));
}

/** A rate for people: 125000 -> "12.5 %", 88750 -> "8.875 %". */
export function formatRate(ratePpm: number): string {
  const digits = String(ratePpm).padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return `${digits.slice(0, -4)}${fraction && '.' + fraction} %`;
}

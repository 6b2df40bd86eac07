import { Decimal128 } from 'bson';

/** A finite decimal: coefficient × 10^exponent. */
export interface FiniteDecimal {
  coefficient: bigint;
  exponent: number;
}

const MOST_DIGITS = 34;
const EXPONENT_BIAS = 6176;
const SMALLEST_EXPONENT = -EXPONENT_BIAS;
const LARGEST_EXPONENT = 6111;
const LOW_WORD = (1n << 64n) - 1n;

/** Decodes IEEE 754-2008 decimal128 (binary integer coding); NaN and infinities come back as their names. */
export function readDecimal(value: Decimal128): FiniteDecimal | 'NaN' | 'Infinity' | '-Infinity' {
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16);
  const low = view.getBigUint64(0, true);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const combination = (high >> 58n) & 31n;
  if (combination === 31n) return 'NaN';
  if (combination === 30n) return negative ? '-Infinity' : 'Infinity';
  // Coefficients in the long form would exceed 34 digits; the standard reads them as zero.
  const isLongForm = combination >> 3n === 3n;
  const exponentBits = isLongForm ? high >> 47n : high >> 49n;
  const coefficient = isLongForm ? 0n : ((high & ((1n << 49n) - 1n)) << 64n) | low;
  return {
    coefficient: negative ? -coefficient : coefficient,
    exponent: Number(exponentBits & 0x3fffn) - EXPONENT_BIAS,
  };
}

/** Rounds half to even to 34 digits and encodes; undefined when the exponent leaves decimal128's range. */
export function writeDecimal(decimal: FiniteDecimal): Decimal128 | undefined {
  const { coefficient, exponent } = roundToDigits(decimal, MOST_DIGITS);
  if (exponent < SMALLEST_EXPONENT || exponent > LARGEST_EXPONENT) return undefined;
  const magnitude = coefficient < 0n ? -coefficient : coefficient;
  const sign = coefficient < 0n ? 1n << 63n : 0n;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, magnitude & LOW_WORD, true);
  view.setBigUint64(8, sign | (BigInt(exponent + EXPONENT_BIAS) << 49n) | (magnitude >> 64n), true);
  return new Decimal128(bytes);
}

function roundToDigits({ coefficient, exponent }: FiniteDecimal, digits: number): FiniteDecimal {
  const excess = digitCount(coefficient) - digits;
  if (excess <= 0) return { coefficient, exponent };
  const rounded = divideHalfEven(coefficient, 10n ** BigInt(excess));
  return roundToDigits({ coefficient: rounded, exponent: exponent + excess }, digits);
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = 2n * abs(dividend % divisor);
  const roundsAway = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return roundsAway ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}

/** The exact sum; its exponent is the smaller of the two, as IEEE 754 prefers. */
export function addDecimals(a: FiniteDecimal, b: FiniteDecimal): FiniteDecimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (d: FiniteDecimal): bigint => d.coefficient * 10n ** BigInt(d.exponent - exponent);
  return { coefficient: scaled(a) + scaled(b), exponent };
}

/** The exact product. */
export function multiplyDecimals(a: FiniteDecimal, b: FiniteDecimal): FiniteDecimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** The quotient to 34 digits; an exact one keeps the exponent nearest to a.exponent - b.exponent. */
export function divideDecimals(a: FiniteDecimal, b: FiniteDecimal): FiniteDecimal {
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(0, MOST_DIGITS + 1 + digitCount(b.coefficient) - digitCount(a.coefficient));
  const dividend = a.coefficient * 10n ** BigInt(shift);
  const isExact = dividend % b.coefficient === 0n;
  // A trailing 1 below the last digit keeps "more than half" visible to the rounding in writeDecimal.
  const quotient = dividend / b.coefficient;
  if (!isExact)
    return { coefficient: quotient * 10n + (quotient < 0n ? -1n : 1n), exponent: ideal - shift - 1 };
  return dropZerosUpTo({ coefficient: quotient, exponent: ideal - shift }, ideal);
}

function dropZerosUpTo({ coefficient, exponent }: FiniteDecimal, ideal: number): FiniteDecimal {
  while (exponent < ideal && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return { coefficient, exponent };
}

/** The exact decimal value of a finite double, with as few digits as possible. */
export function decimalOfDouble(value: number): FiniteDecimal {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponentBits = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = exponentBits === 0 ? fraction : fraction | (1n << 52n);
  // value = mantissa / 2^k = mantissa * 5^k / 10^k
  const k = 1075 - Math.max(exponentBits, 1);
  const exact = { coefficient: mantissa * 5n ** BigInt(k), exponent: -k };
  const trimmed = dropZerosUpTo(exact, 0);
  return value < 0 ? { ...trimmed, coefficient: -trimmed.coefficient } : trimmed;
}

function digitCount(coefficient: bigint): number {
  return coefficient === 0n ? 1 : abs(coefficient).toString().length;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

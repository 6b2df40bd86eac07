import { Decimal128, Double, Int32 } from 'bson';
import { badValue, notImplemented } from '../errors.ts';
import type { Numeric } from './value.ts';
import { toNumber } from './value.ts';

/** A finite decimal: coefficient × 10^exponent. */
interface Decimal {
  coefficient: bigint;
  exponent: number;
}

const MOST_DIGITS = 34;
/** Beyond it the coefficient would have to be padded or rounded once more. */
const LARGEST_EXPONENT = 6000;

/** The exact value of a number; undefined for NaN and infinity. */
export function readDecimal(value: Numeric): Decimal | undefined {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  const text = value instanceof Double ? exactText(value.value) : value.toString();
  const [, whole, fraction = '', exponent = '0'] = /^(-?\d+)\.?(\d*)(?:e([-+]\d+))?$/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { coefficient: BigInt(whole + fraction), exponent: +exponent - fraction.length };
}

/** A hundred digits are more than what tells a double from every Decimal128. */
function exactText(value: number): string {
  if (Number.isInteger(value)) return String(BigInt(value));
  return value.toExponential(100).replace(/0+e/, 'e');
}

function finite(value: Numeric): Decimal {
  const decimal = readDecimal(value);
  if (decimal === undefined) throw notImplemented('Decimal128 arithmetic with NaN or infinity');
  return decimal;
}

/** Rounds half to even to 34 digits; what would leave Decimal128's range is refused. */
function decimalResult({ coefficient, exponent }: Decimal): Decimal128 {
  const text = `${coefficient}E${exponent}`;
  if (Math.abs(exponent + text.length) > LARGEST_EXPONENT || Math.abs(exponent) > LARGEST_EXPONENT)
    throw notImplemented('Decimal128 arithmetic beyond its range');
  return Decimal128.fromStringWithRounding(text);
}

/** The exact sum; its exponent is the smaller of the two, as IEEE 754 prefers. */
function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (decimal: Decimal): bigint =>
    decimal.coefficient * 10n ** BigInt(decimal.exponent - exponent);
  return { coefficient: scaled(a) + scaled(b), exponent };
}

/**
 * MongoDB's arithmetic in updates: the wider type of the two wins (int32 < int64 < double < Decimal128),
 * int32 that overflows becomes int64. Throws CommandError 2 when int64 overflows.
 */
export function add(a: Numeric, b: Numeric): Numeric {
  return combine(a, b, { integers: (x, y) => x + y, doubles: (x, y) => x + y, decimals: addDecimals });
}

/** a × b, as `add`. */
export function multiply(a: Numeric, b: Numeric): Numeric {
  return combine(a, b, {
    integers: (x, y) => x * y,
    doubles: (x, y) => x * y,
    decimals: (x, y) => ({ coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent }),
  });
}

interface Operation {
  integers: (a: bigint, b: bigint) => bigint;
  doubles: (a: number, b: number) => number;
  decimals: (a: Decimal, b: Decimal) => Decimal;
}

function combine(a: Numeric, b: Numeric, operation: Operation): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128)
    return decimalResult(operation.decimals(finite(a), finite(b)));
  if (a instanceof Double || b instanceof Double)
    return new Double(operation.doubles(toNumber(a) ?? NaN, toNumber(b) ?? NaN));
  const exact = operation.integers(BigInt(a.toString()), BigInt(b.toString()));
  const result = integerResult(exact, a instanceof Int32 && b instanceof Int32);
  if (result === undefined) throw badValue('the result does not fit into a 64-bit integer');
  return result;
}

/** As int32 where that is wanted and fits, else as int64; undefined when it fits neither. */
function integerResult(value: bigint, isSmall: boolean): Int32 | bigint | undefined {
  if (isSmall && value === BigInt.asIntN(32, value)) return new Int32(Number(value));
  return value === BigInt.asIntN(64, value) ? value : undefined;
}

/** a ÷ b as double, or, to 34 digits, as Decimal128 when one of them is. */
export function divide(a: Numeric, b: Numeric): Double | Decimal128 {
  if (!(a instanceof Decimal128 || b instanceof Decimal128))
    return new Double((toNumber(a) ?? NaN) / (toNumber(b) ?? NaN));
  const [dividend, divisor] = [finite(a), finite(b)];
  const scale = BigInt(MOST_DIGITS + String(divisor.coefficient).length);
  const scaled = dividend.coefficient * 10n ** scale;
  const ideal = dividend.exponent - divisor.exponent;
  let [quotient, exponent] = [scaled / divisor.coefficient, ideal - Number(scale)];
  // A last digit below all that count keeps "more than half" visible to the rounding.
  if (scaled % divisor.coefficient !== 0n) return decimalResult({ coefficient: quotient * 10n + (quotient < 0n ? -1n : 1n), exponent: exponent - 1 }); // prettier-ignore
  for (; exponent < ideal && quotient % 10n === 0n; exponent++) quotient /= 10n;
  return decimalResult({ coefficient: quotient, exponent });
}

/**
 * A sum of numbers of any types, as `$sum`, `$avg` and `$add` make it: integers exactly, doubles with a
 * second double for what rounding lost, so that the order of adding does not show; the widest type wins.
 */
export class NumericSum {
  #integers = 0n;
  #doubles = new DoubleSum();
  #decimals: Decimal | undefined;
  #widest: 'int' | 'long' | 'double' = 'int';
  #count = 0;

  add(value: Numeric): void {
    this.#count += 1;
    if (value instanceof Decimal128) {
      this.#decimals = addDecimals(this.#decimals ?? { coefficient: 0n, exponent: 0 }, finite(value));
    } else if (value instanceof Double) {
      this.#widest = 'double';
      this.#doubles.add(value.value);
    } else {
      if (typeof value === 'bigint' && this.#widest === 'int') this.#widest = 'long';
      this.#integers += BigInt(value.toString());
    }
  }

  total(): Numeric {
    if (this.#decimals) return decimalResult(addDecimals(this.#decimals, this.#exactRest()));
    const integer =
      this.#widest === 'double' ? undefined : integerResult(this.#integers, this.#widest === 'int');
    return integer ?? new Double(this.#asDouble());
  }

  /** The mean as double, or Decimal128 when there was one; null of nothing. */
  average(): Numeric | null {
    if (this.#count === 0) return null;
    return divide(this.#decimals ? this.total() : new Double(this.#asDouble()), BigInt(this.#count));
  }

  #asDouble(): number {
    const rounded = Number(this.#integers);
    const { sum, lost } = this.#doubles;
    const all = new DoubleSum();
    for (const part of [sum, lost, rounded, Number(this.#integers - BigInt(rounded))]) all.add(part);
    return Number.isFinite(this.#doubles.plain) ? all.sum + all.lost : this.#doubles.plain;
  }

  #exactRest(): Decimal {
    const { sum, lost, plain } = this.#doubles;
    const doubles = [plain, sum, lost].map((part) => finite(new Double(part)));
    const integers = { coefficient: this.#integers, exponent: 0 };
    return doubles.slice(1).reduce(addDecimals, integers);
  }
}

/** Adds doubles; `lost` is exactly what rounding took from `sum` (Knuth's two-sum), `plain` knows of neither. */
class DoubleSum {
  plain = 0;
  sum = 0;
  lost = 0;

  add(value: number): void {
    this.plain += value;
    const sum = this.sum + value;
    const shadow = sum - this.sum;
    this.lost += this.sum - (sum - shadow) + (value - shadow);
    this.sum = sum;
  }
}

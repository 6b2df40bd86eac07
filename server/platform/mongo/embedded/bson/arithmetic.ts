import { Decimal128, Double, Int32 } from 'bson';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import type { FiniteDecimal } from './decimal.ts';
import {
  addDecimals,
  decimalOfDouble,
  divideDecimals,
  multiplyDecimals,
  readDecimal,
  writeDecimal,
} from './decimal.ts';
import type { Numeric } from './value.ts';
import { toNumber } from './value.ts';

/**
 * MongoDB's arithmetic in updates: the wider type of the two wins (int32 < int64 < double < Decimal128),
 * int32 that overflows becomes int64. Throws CommandError 2 when int64 overflows.
 */
export function add(a: Numeric, b: Numeric): Numeric {
  return combine(a, b, {
    integers: (x, y) => x + y,
    doubles: (x, y) => x + y,
    decimals: addDecimals,
  });
}

/** a × b, as `add`. */
export function multiply(a: Numeric, b: Numeric): Numeric {
  return combine(a, b, {
    integers: (x, y) => x * y,
    doubles: (x, y) => x * y,
    decimals: multiplyDecimals,
  });
}

/** a ÷ b as double, or as Decimal128 when one of them is. Throws CommandError 16608 for division by zero. */
export function divide(a: Numeric, b: Numeric): Double | Decimal128 {
  if (toNumber(b) === 0) throw new CommandError(16608, "can't $divide by zero");
  if (a instanceof Decimal128 || b instanceof Decimal128)
    return decimalResult(divideDecimals(finite(a), finite(b)));
  return new Double((toNumber(a) ?? NaN) / (toNumber(b) ?? NaN));
}

interface Operation {
  integers: (a: bigint, b: bigint) => bigint;
  doubles: (a: number, b: number) => number;
  decimals: (a: FiniteDecimal, b: FiniteDecimal) => FiniteDecimal;
}

function combine(a: Numeric, b: Numeric, operation: Operation): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return decimalResult(operation.decimals(finite(a), finite(b)));
  }
  if (a instanceof Double || b instanceof Double) {
    return new Double(operation.doubles(toNumber(a) ?? NaN, toNumber(b) ?? NaN));
  }
  const exact = operation.integers(toBigint(a), toBigint(b));
  if (a instanceof Int32 && b instanceof Int32 && fitsInt32(exact)) return new Int32(Number(exact));
  if (fitsInt64(exact)) return exact;
  throw badValue('the result does not fit into a 64-bit integer');
}

export function fitsInt32(value: bigint): boolean {
  return value === BigInt.asIntN(32, value);
}

export function fitsInt64(value: bigint): boolean {
  return value === BigInt.asIntN(64, value);
}

export function toBigint(value: bigint | Int32): bigint {
  return typeof value === 'bigint' ? value : BigInt(value.value);
}

/** The exact decimal value; NaN and infinity are refused, see `notImplemented`. */
export function finite(value: Numeric): FiniteDecimal {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  if (value instanceof Double && Number.isFinite(value.value)) return decimalOfDouble(value.value);
  const decimal = value instanceof Decimal128 ? readDecimal(value) : 'NaN';
  if (typeof decimal === 'string') throw notImplemented('Decimal128 arithmetic with NaN or infinity');
  return decimal;
}

/** Encodes a result of decimal arithmetic; overflow and underflow are refused. */
export function decimalResult(decimal: FiniteDecimal): Decimal128 {
  const encoded = writeDecimal(decimal);
  if (encoded === undefined) throw notImplemented('Decimal128 arithmetic beyond its range');
  return encoded;
}

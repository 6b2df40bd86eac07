import { Binary, Double } from 'bson';
import type { Maybe, Value } from '../bson/value.ts';
import { isArray, toNumber } from '../bson/value.ts';
import { badValue, notImplemented } from '../errors.ts';
import type { ValueTest } from './filter.ts';

const BIT_TESTS = {
  $bitsAllSet: (bits: bigint, mask: bigint) => (bits & mask) === mask,
  $bitsAllClear: (bits: bigint, mask: bigint) => (bits & mask) === 0n,
  $bitsAnySet: (bits: bigint, mask: bigint) => (bits & mask) !== 0n,
  $bitsAnyClear: (bits: bigint, mask: bigint) => (bits & mask) !== mask,
};

/** `$bitsAllSet` and its like for integers; the mask is a number or a list of bit positions. */
export function bitTest(operator: keyof typeof BIT_TESTS, argument: Value): ValueTest {
  const mask = maskOf(argument, operator);
  return (value) => {
    if (value instanceof Binary) throw notImplemented(`${operator} on binary data`);
    const bits = integerOf(value);
    return bits !== undefined && BIT_TESTS[operator](BigInt.asUintN(64, bits), mask);
  };
}

function maskOf(argument: Value, operator: string): bigint {
  if (argument instanceof Binary) throw notImplemented(`${operator} with a binary mask`);
  if (isArray(argument))
    return argument.reduce<bigint>((mask, position) => mask | bitAt(position, operator), 0n);
  const mask = integerOf(argument);
  if (mask === undefined || mask < 0n)
    throw badValue(`${operator} needs a non-negative integer or positions`);
  return mask;
}

function bitAt(position: Value, operator: string): bigint {
  const bit = toNumber(position);
  if (bit === undefined || !Number.isInteger(bit) || bit < 0) throw badValue(`${operator}: bad bit position`);
  // Integers are sign-extended, so every position from 63 on is the sign.
  return 1n << BigInt(Math.min(bit, 63));
}

/** The value as a 64-bit integer. A double with a fraction is none, a Decimal128 loses its fraction. */
function integerOf(value: Maybe): bigint | undefined {
  if (typeof value === 'bigint') return value;
  const number = toNumber(value);
  if (number === undefined || Number.isNaN(number) || Math.abs(number) >= 2 ** 63) return undefined;
  if (value instanceof Double && !Number.isInteger(number)) return undefined;
  return BigInt(Math.trunc(number));
}

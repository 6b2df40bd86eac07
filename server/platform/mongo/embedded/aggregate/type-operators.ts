import { Decimal128, Double, Int32, ObjectId } from 'bson';
import type { Maybe } from '../bson/value.ts';
import { isNullish, isTruthy, typeName } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { ExpressionOperator } from './expression.ts';
import { onValues } from './operator-arguments.ts';

/** Asking for types and changing them. */
export const TYPE_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $type: onValues(1, 1, ([value]) => typeName(value)),
  $toBool: onValues(1, 1, ([value]) => (isNullish(value) ? null : isTruthy(value))),
  $toString: onValues(1, 1, ([value]) => (isNullish(value) ? null : textOf(value))),
  $toLong: onValues(1, 1, ([value]) => (isNullish(value) ? null : longOf(value))),
};

function textOf(value: Maybe): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  throw notImplemented(`$toString of the type ${typeName(value)}`);
}

function longOf(value: Maybe): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof Date) return BigInt(value.getTime());
  if (value instanceof Double && Math.abs(value.value) < 2 ** 63) return BigInt(Math.trunc(value.value));
  if (typeof value === 'string' && /^-?\d{1,18}$/.test(value)) return BigInt(value);
  if (value instanceof Decimal128 || typeof value === 'string') throw notImplemented('$toLong of this value');
  throw new CommandError(241, `Unsupported conversion from ${typeName(value)} to long`);
}

import type { MaxKey } from 'bson';
import { BSONRegExp, Binary, Decimal128, Double, Int32, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A BSON document. A Map and not an object, because an object moves integer-like field names
 * ("0", "10") to the front and MongoDB keeps the order in which fields were written.
 */
export type Document = Map<string, Value>;

type Wrapped = Int32 | Double | Decimal128 | ObjectId | Binary | BSONRegExp | Timestamp | MinKey | MaxKey;

/** A BSON value with its exact type: int64 is a bigint, int32 and double keep their wrappers. */
export type Value = null | boolean | string | bigint | Date | Wrapped | Value[] | Document;

/** A value, or undefined where the field is missing. */
export type Maybe = Value | undefined;

export type Numeric = bigint | Int32 | Double | Decimal128;

/** Type name (as `$type` spells it) of a value; "missing" for undefined. */
export function typeName(value: Maybe): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (value instanceof Map) return 'object';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof Timestamp) return 'timestamp';
  return value instanceof MinKey ? 'minKey' : 'maxKey';
}

export function isDocument(value: Maybe): value is Document {
  return value instanceof Map;
}

export function isArray(value: Maybe): value is Value[] {
  return Array.isArray(value);
}

export function isNumeric(value: Maybe): value is Numeric {
  const isWrapped = value instanceof Int32 || value instanceof Double || value instanceof Decimal128;
  return isWrapped || typeof value === 'bigint';
}

/** Null or missing. */
export function isNullish(value: Maybe): value is null | undefined {
  return value === null || value === undefined;
}

/** True for `{ $operator: … }`, false for a plain value to be equal to. */
export function isOperatorDocument(value: Maybe): value is Document {
  if (!isDocument(value)) return false;
  const [first] = value.keys();
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first);
}

/** A JavaScript number as MongoDB would send it: int32 when it fits, else double. */
export function numberValue(value: number): Int32 | Double {
  return value === (value | 0) ? new Int32(value) : new Double(value);
}

/** The number as a JavaScript number, not always exactly; undefined when it is none. */
export function toNumber(value: Maybe): number | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return isNumeric(value) ? Number(value.toString()) : undefined;
}

/** MongoDB's truth: false, zero, null and missing are false, everything else is true. */
export function isTruthy(value: Maybe): boolean {
  return !isNullish(value) && value !== false && toNumber(value) !== 0;
}

/** "0", "17": a part of a path that may be a place in an array. */
export function isArrayIndex(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

import type { MaxKey } from 'bson';
import { BSONRegExp, Binary, Decimal128, Double, Int32, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A BSON document. A Map and not an object, because an object moves integer-like field names
 * ("0", "10") to the front and MongoDB keeps the order in which fields were written.
 */
export type Document = Map<string, Value>;

/** A BSON value with its exact type: int64 is a bigint, int32 and double keep their wrappers. */
export type Value =
  | null
  | boolean
  | string
  | bigint
  | Int32
  | Double
  | Decimal128
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Document;

/** A value, or undefined where the field is missing. */
export type Maybe = Value | undefined;

export type Numeric = bigint | Int32 | Double | Decimal128;

/** Type name (as `$type` spells it) of a value; "missing" for undefined. */
export function typeName(value: Maybe): TypeName {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'long';
    default:
      return objectTypeName(value);
  }
}

function objectTypeName(value: object): TypeName {
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

export type TypeName = keyof typeof TYPE_CODES | 'missing';

/** BSON's number of each type, for `$type: <number>`. */
export const TYPE_CODES = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

export function isDocument(value: Maybe): value is Document {
  return value instanceof Map;
}

export function isArray(value: Maybe): value is Value[] {
  return Array.isArray(value);
}

export function isNumeric(value: Maybe): value is Numeric {
  return (
    typeof value === 'bigint' ||
    value instanceof Int32 ||
    value instanceof Double ||
    value instanceof Decimal128
  );
}

/** Null or missing. */
export function isNullish(value: Maybe): value is null | undefined {
  return value === null || value === undefined;
}

/** A JavaScript number as MongoDB would send it: int32 when it fits, else double. */
export function numberValue(value: number): Int32 | Double {
  return Number.isInteger(value) && value === (value | 0) ? new Int32(value) : new Double(value);
}

/** The number as a JavaScript number, or undefined when it is none or does not fit exactly enough to count with. */
export function toNumber(value: Maybe): number | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal128) return Number(value.toString());
  return undefined;
}

/** MongoDB's truth: false, zero, null and missing are false, everything else is true. */
export function isTruthy(value: Maybe): boolean {
  if (isNullish(value) || value === false) return false;
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

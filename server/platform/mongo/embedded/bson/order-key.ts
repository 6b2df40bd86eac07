import { BSONRegExp, Binary, Decimal128, Double, Int32, ObjectId, Timestamp } from 'bson';
import { decimalOfDouble, readDecimal } from './decimal.ts';
import type { FiniteDecimal } from './decimal.ts';
import type { Document, Maybe, Numeric, Value } from './value.ts';
import { typeName } from './value.ts';

/**
 * MongoDB's order of all BSON values as one string: `orderKey(a) < orderKey(b)` exactly when a sorts
 * before b, equal exactly when MongoDB calls them equal (1, 1.0 and NumberDecimal("1.00") are).
 * Every character is at most U+00FF and no key is the beginning of another, so keys can be joined.
 * Filters, sorting, grouping, indexes and unique constraints all compare through it.
 */
export function orderKey(value: Maybe): string {
  if (typeof value === 'string') return STRING + terminated(value);
  const type = typeName(value);
  switch (type) {
    case 'minKey':
    case 'maxKey':
    case 'missing':
    case 'null':
      return BRACKETS[type];
    default:
      return BRACKETS[type] + bodyOf(value as Exclude<Value, null | string>);
  }
}

/** Types that share a letter compare with each other; the letters follow MongoDB's order of types. */
const STRING = 'e';
const BRACKETS = {
  minKey: 'a',
  missing: 'c',
  null: 'c',
  int: 'd',
  long: 'd',
  double: 'd',
  decimal: 'd',
  string: STRING,
  object: 'f',
  array: 'g',
  binData: 'h',
  objectId: 'i',
  bool: 'j',
  date: 'k',
  timestamp: 'l',
  regex: 'm',
  maxKey: 'z',
} as const;

/** The key that an empty array has in an index and in a sort: below null. */
export const EMPTY_ARRAY_KEY = 'b';

/** Sorts after every key that begins with the same characters. */
export const AFTER_ALL = '\u0100';

/** The letter that says within which types a value is compared by `$gt` and its like. */
export function typeBracket(key: string): string {
  return key.charAt(0);
}

/** Turns the order of keys around, for a descending part of an index. */
export function descending(key: string): string {
  let flipped = '';
  for (let i = 0; i < key.length; i++) flipped += String.fromCharCode(255 - key.charCodeAt(i));
  return flipped;
}

function bodyOf(value: Exclude<Value, null | string>): string {
  if (value instanceof Map) return documentBody(value);
  if (Array.isArray(value)) return value.map(orderKey).join('') + END;
  if (value instanceof Date) return integerBody(BigInt(value.getTime()) + (1n << 63n));
  if (value instanceof ObjectId) return latin1(value.id);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Binary) return binaryBody(value);
  if (value instanceof BSONRegExp) return terminated(value.pattern) + terminated(value.options);
  if (value instanceof Timestamp) return integerBody(value.toBigInt());
  return numberBody(value as Numeric);
}

// Type letters start at "a", so a lower character ends a document or an array before a longer one goes on.
const END = '!';

function documentBody(document: Document): string {
  let body = '';
  for (const [name, value] of document) {
    const key = orderKey(value);
    body += typeBracket(key) + terminated(name) + key;
  }
  return body + END;
}

/** UTF-8 bytes, because MongoDB compares strings by them; a zero byte is escaped, two end the string. */
function terminated(text: string): string {
  const bytes = ASCII.test(text) ? text : latin1(Buffer.from(text, 'utf8'));
  return (bytes.includes('\0') ? bytes.replaceAll('\0', '\0\u00ff') : bytes) + '\0\0';
}

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

function binaryBody(value: Binary): string {
  const length = value.position.toString(16).padStart(8, '0');
  return length + String.fromCharCode(value.sub_type) + latin1(value.buffer.subarray(0, value.position));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function integerBody(unsigned64: bigint): string {
  return unsigned64.toString(16).padStart(16, '0');
}

/** NaN < -Infinity < negative < 0 < positive < Infinity. */
function numberBody(value: Numeric): string {
  if (value instanceof Int32) return integralBody(value.value);
  if (typeof value === 'bigint') return decimalBody({ coefficient: value, exponent: 0 });
  if (value instanceof Double) return doubleBody(value.value);
  const decimal = readDecimal(value);
  return typeof decimal === 'string' ? SPECIAL_NUMBERS[decimal] : decimalBody(decimal);
}

const SPECIAL_NUMBERS = { NaN: '0', '-Infinity': '1', Infinity: '5' } as const;
const ZERO = '3';

function doubleBody(value: number): string {
  if (Number.isSafeInteger(value)) return integralBody(value);
  if (!Number.isFinite(value)) return SPECIAL_NUMBERS[String(value) as keyof typeof SPECIAL_NUMBERS];
  return decimalBody(decimalOfDouble(value));
}

function integralBody(value: number): string {
  return value === 0 ? ZERO : digitsBody(value < 0, String(Math.abs(value)), 0);
}

function decimalBody({ coefficient, exponent }: FiniteDecimal): string {
  if (coefficient === 0n) return ZERO;
  return digitsBody(coefficient < 0n, String(coefficient < 0n ? -coefficient : coefficient), exponent);
}

/** Magnitude first (position of the decimal point), then the digits without trailing zeros. */
function digitsBody(negative: boolean, digits: string, exponent: number): string {
  const magnitude = String(digits.length + exponent + 8000).padStart(5, '0');
  const body = magnitude + digits.replace(/0+$/, '') + END;
  return negative ? '2' + descending(body) : '4' + body;
}

/** True when the value is a Decimal128 or double that is not a number; it only ever equals itself. */
export function isNaNValue(value: Maybe): boolean {
  if (value instanceof Double) return Number.isNaN(value.value);
  return value instanceof Decimal128 && readDecimal(value) === 'NaN';
}

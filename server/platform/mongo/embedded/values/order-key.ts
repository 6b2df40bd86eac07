import { BSONRegExp, Binary, Double, Int32, MinKey, ObjectId, Timestamp } from 'bson';
import { readDecimal } from './numbers.ts';
import type { Document, Maybe, Numeric, Value } from './value.ts';
import { isNumeric } from './value.ts';

/** The key that an empty array has in an index and in a sort: below null. */
export const EMPTY_ARRAY_KEY = 'b';

/** Sorts after every key that begins with the same characters. */
export const AFTER_ALL = '\u0100';

// Type letters start at "a", so a lower character ends a document or an array before a longer one goes on.
const END = '!';

/**
 * MongoDB's order of all BSON values as one string: `orderKey(a) < orderKey(b)` exactly when a sorts
 * before b, equal exactly when MongoDB calls them equal (1, 1.0 and NumberDecimal("1.00") are).
 * Every character is at most U+00FF and no key is the beginning of another, so keys can be joined.
 * Filters, sorting, grouping, indexes and unique constraints all compare through it.
 * The first letter says within which types `$gt` and its like compare.
 */
export function orderKey(value: Maybe): string {
  if (value === undefined || value === null) return 'c';
  if (typeof value === 'string') return 'e' + terminated(value);
  if (isNumeric(value)) return 'd' + numberBody(value);
  if (value instanceof Map) return 'f' + documentBody(value);
  if (Array.isArray(value)) return 'g' + value.map(orderKey).join('') + END;
  if (value instanceof Binary) return 'h' + binaryBody(value);
  if (value instanceof ObjectId) return 'i' + latin1(value.id);
  if (typeof value === 'boolean') return value ? 'j1' : 'j0';
  if (value instanceof Date) return 'k' + integerBody(BigInt(value.getTime()) + (1n << 63n));
  if (value instanceof Timestamp) return 'l' + integerBody(value.toBigInt());
  if (value instanceof BSONRegExp) return 'm' + terminated(value.pattern) + terminated(value.options);
  return value instanceof MinKey ? 'a' : 'z';
}

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

/** Sorts stably by a key that is made once for each item. */
export function sortByKey<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  return keyed.map(({ item }) => item);
}

/** Each value once, the first of those that are equal, under its key. */
export function distinctValues(values: readonly Value[]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const value of values) {
    const key = orderKey(value);
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

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

const SPECIAL_NUMBERS: Readonly<Record<string, string>> = {
  NaN: '0',
  '-Infinity': '1',
  '0': '3',
  Infinity: '5',
};

/** NaN < -Infinity < negative < 0 < positive < Infinity; of one sign the magnitude counts, then the digits. */
function numberBody(value: Numeric): string {
  const isPlain = (value instanceof Int32 || value instanceof Double) && Number.isSafeInteger(value.value);
  const decimal = isPlain ? undefined : readDecimal(value);
  const text = decimal ? String(decimal.coefficient) : value.toString();
  const special = SPECIAL_NUMBERS[text];
  if (special !== undefined) return special;
  const digits = text.replace('-', '');
  const magnitude = String(digits.length + (decimal?.exponent ?? 0) + 8000).padStart(5, '0');
  const body = magnitude + digits.replace(/0+$/, '') + END;
  return text.startsWith('-') ? '2' + descending(body) : '4' + body;
}

import { BSONRegExp, Binary, Decimal128, Double, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { onDemand, serialize } from 'bson';
import type { Fields } from '../errors.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { Document, Value } from './value.ts';

const DEEPEST_NESTING = 180;
const LAST_DATE_MS = 8_640_000_000_000_000n;
const { ByteUtils, NumberUtils } = onDemand;

/** Bytes of a document. bson takes Maps and keeps the order of their fields. */
export function encodeDocument(document: Document | Fields): Uint8Array {
  return serialize(document, { ignoreUndefined: true });
}

/**
 * Reads one BSON document. Types survive exactly, see `Value`. Throws CommandError 22 for malformed bytes and
 * 238 for what could not be kept unchanged (deprecated types, repeated field names, dates outside JavaScript's
 * range).
 */
export function decodeDocument(bytes: Uint8Array): Document {
  try {
    return decodeFields(bytes, 0, 0);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(22, `invalid BSON: ${String(error)}`);
  }
}

/** The first field's value, which is the `_id` of a stored document; the rest is not decoded. */
export function decodeFirstValue(bytes: Uint8Array): Value {
  const [first] = elementsOf(bytes, 0, 0);
  return first === undefined ? null : decodeValue(bytes, first, 0);
}

type Element = readonly [type: number, nameAt: number, nameLength: number, at: number, length: number];

function elementsOf(bytes: Uint8Array, offset: number, depth: number): Iterable<Element> {
  if (depth > DEEPEST_NESTING)
    throw new CommandError(15, `BSON nested deeper than ${DEEPEST_NESTING} levels`);
  return onDemand.parseToElements(bytes, offset) as Iterable<Element>;
}

function decodeFields(bytes: Uint8Array, offset: number, depth: number): Document {
  const document: Document = new Map();
  for (const element of elementsOf(bytes, offset, depth)) {
    const name = ByteUtils.toUTF8(bytes, element[1], element[1] + element[2], true);
    if (document.has(name)) throw notImplemented(`a document with the field "${name}" twice`);
    document.set(name, decodeValue(bytes, element, depth));
  }
  return document;
}

function decodeValue(bytes: Uint8Array, [type, , , at, length]: Element, depth: number): Value {
  const decode = DECODERS[type];
  if (decode === undefined) throw notImplemented(`BSON type ${type}`);
  return decode(bytes, at, length, depth + 1);
}

type Decoder = (bytes: Uint8Array, at: number, length: number, depth: number) => Value;

/** By BSON's number of the type. */
export const DECODERS: Readonly<Record<number, Decoder>> = {
  1: (bytes, at) => new Double(NumberUtils.getFloat64LE(bytes, at)),
  2: decodeString,
  3: (bytes, at, _length, depth) => decodeFields(bytes, at, depth),
  4: (bytes, at, _length, depth) =>
    Array.from(elementsOf(bytes, at, depth), (element) => decodeValue(bytes, element, depth)),
  5: decodeBinary,
  7: (bytes, at) => new ObjectId(bytes.slice(at, at + 12)),
  8: (bytes, at) => bytes[at] === 1,
  9: (bytes, at) => decodeDate(NumberUtils.getBigInt64LE(bytes, at)),
  10: () => null,
  11: decodeRegex,
  16: (bytes, at) => new Int32(NumberUtils.getInt32LE(bytes, at)),
  17: (bytes, at) => new Timestamp(BigInt.asUintN(64, NumberUtils.getBigInt64LE(bytes, at))),
  18: (bytes, at) => NumberUtils.getBigInt64LE(bytes, at),
  19: (bytes, at) => new Decimal128(bytes.slice(at, at + 16)),
  127: () => new MaxKey(),
  255: () => new MinKey(),
};

function decodeString(bytes: Uint8Array, at: number, length: number): string {
  if (length < 5 || bytes[at + length - 1] !== 0) throw new Error('string without its end');
  return ByteUtils.toUTF8(bytes, at + 4, at + length - 1, true);
}

function decodeDate(milliseconds: bigint): Date {
  const isKnown = milliseconds <= LAST_DATE_MS && milliseconds >= -LAST_DATE_MS;
  if (!isKnown) throw notImplemented('a date outside the years -271821 to 275760');
  return new Date(Number(milliseconds));
}

function decodeBinary(bytes: Uint8Array, at: number, length: number): Binary {
  // Its second length is not part of what bson keeps, so an update of another field would break it.
  if (bytes[at + 4] === Binary.SUBTYPE_BYTE_ARRAY) throw notImplemented('the old binary subtype 2');
  return new Binary(bytes.slice(at + 5, at + length), bytes[at + 4]);
}

function decodeRegex(bytes: Uint8Array, at: number, length: number): BSONRegExp {
  const middle = bytes.indexOf(0, at);
  const options = ByteUtils.toUTF8(bytes, middle + 1, at + length - 1, true);
  const regex = new BSONRegExp(ByteUtils.toUTF8(bytes, at, middle, true), options);
  if (regex.options !== options) throw notImplemented('regular expression options out of their order');
  return regex;
}

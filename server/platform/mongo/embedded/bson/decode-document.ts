import {
  BSONRegExp,
  Binary,
  Decimal128,
  Double,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  onDemand,
} from 'bson';
import { CommandError, notImplemented } from '../errors.ts';
import type { Document, Value } from './value.ts';

const DEEPEST_NESTING = 180;
const LAST_DATE_MS = 8_640_000_000_000_000n;

/**
 * Reads one BSON document; `offset` is its first byte. Types survive exactly, see `Value`.
 * Throws CommandError 22 for malformed bytes and 238 for what could not be kept unchanged
 * (deprecated types, repeated field names, dates outside JavaScript's range).
 */
export function decodeDocument(bytes: Uint8Array, offset = 0): Document {
  try {
    return decodeFields(bytes, offset, 0);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(22, `invalid BSON: ${error instanceof Error ? error.message : String(error)}`);
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
    const name = onDemand.ByteUtils.toUTF8(bytes, element[1], element[1] + element[2], true);
    if (document.has(name)) throw notImplemented(`a document with the field "${name}" twice`);
    document.set(name, decodeValue(bytes, element, depth));
  }
  return document;
}

function decodeArray(bytes: Uint8Array, offset: number, depth: number): Value[] {
  const values: Value[] = [];
  for (const element of elementsOf(bytes, offset, depth)) values.push(decodeValue(bytes, element, depth));
  return values;
}

function decodeValue(bytes: Uint8Array, [type, , , at, length]: Element, depth: number): Value {
  const { NumberUtils } = onDemand;
  switch (type) {
    case 1:
      return new Double(NumberUtils.getFloat64LE(bytes, at));
    case 2:
      return decodeString(bytes, at, length);
    case 3:
      return decodeFields(bytes, at, depth + 1);
    case 4:
      return decodeArray(bytes, at, depth + 1);
    case 5:
      return decodeBinary(bytes, at, length);
    case 7:
      return new ObjectId(bytes.slice(at, at + 12));
    case 8:
      return bytes[at] === 1;
    case 9:
      return decodeDate(NumberUtils.getBigInt64LE(bytes, at));
    case 10:
      return null;
    case 11:
      return decodeRegex(bytes, at, length);
    case 16:
      return new Int32(NumberUtils.getInt32LE(bytes, at));
    case 17:
      return new Timestamp(BigInt.asUintN(64, NumberUtils.getBigInt64LE(bytes, at)));
    case 18:
      return NumberUtils.getBigInt64LE(bytes, at);
    case 19:
      return new Decimal128(bytes.slice(at, at + 16));
    case 127:
      return new MaxKey();
    case 255:
      return new MinKey();
    default:
      throw notImplemented(`BSON type ${type}`);
  }
}

function decodeString(bytes: Uint8Array, at: number, length: number): string {
  if (length < 5 || bytes[at + length - 1] !== 0) throw new Error('string without its end');
  return onDemand.ByteUtils.toUTF8(bytes, at + 4, at + length - 1, true);
}

function decodeDate(milliseconds: bigint): Date {
  if (milliseconds > LAST_DATE_MS || milliseconds < -LAST_DATE_MS) {
    throw notImplemented('a date outside the years -271821 to 275760');
  }
  return new Date(Number(milliseconds));
}

function decodeBinary(bytes: Uint8Array, at: number, length: number): Binary {
  // Its second length is not part of what bson keeps, so an update of another field would break it.
  if (bytes[at + 4] === Binary.SUBTYPE_BYTE_ARRAY) throw notImplemented('the old binary subtype 2');
  return new Binary(bytes.slice(at + 5, at + length), bytes[at + 4]);
}

function decodeRegex(bytes: Uint8Array, at: number, length: number): BSONRegExp {
  const middle = bytes.indexOf(0, at);
  const pattern = onDemand.ByteUtils.toUTF8(bytes, at, middle, true);
  const options = onDemand.ByteUtils.toUTF8(bytes, middle + 1, at + length - 1, true);
  const regex = new BSONRegExp(pattern, options);
  if (regex.options !== options) throw notImplemented('regular expression options out of their order');
  return regex;
}

import { CommandError } from '../errors.ts';
import { crc32c } from '../storage/crc32c.ts';
import { decodeDocument } from '../values/bson.ts';
import type { Document, Value } from '../values/value.ts';
import { isArray } from '../values/value.ts';

const OP_REPLY = 1;
/** Drivers send their very first command in it, before they know whether the server speaks OP_MSG. */
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_LENGTH = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
export const LARGEST_MESSAGE = 48_000_000;

/** One request of a client. */
export interface Request {
  /** False when the client does not wait for a reply. */
  wantsReply: boolean;
  /** Decodes the command; throws CommandError for bytes that are none. */
  command: () => Document;
  /** The whole message for a reply's BSON, in the format in which it was asked. */
  reply: (body: Uint8Array) => Buffer;
}

/** Cuts a stream into whole messages. Throws when a length is none. */
export async function* messagesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    while (size >= 4) {
      const [first] = parts as [Buffer];
      const length = (first.length >= 4 ? first : Buffer.concat(parts)).readInt32LE(0);
      if (length < HEADER_LENGTH || length > LARGEST_MESSAGE) throw new Error(`message of ${length} bytes`);
      if (size < length) break;
      const whole = parts.length === 1 ? first : Buffer.concat(parts);
      yield whole.subarray(0, length);
      size -= length;
      parts = size > 0 ? [whole.subarray(length)] : [];
    }
  }
}

/** Reads one whole message. Throws when it is none, so that the connection has to be closed. */
export function readMessage(message: Buffer): Request {
  const opCode = message.readInt32LE(12);
  const reply = (body: Uint8Array): Buffer => writeReply(message.readInt32LE(4), opCode === OP_QUERY, body);
  if (opCode === OP_QUERY) return { wantsReply: true, command: () => readQuery(message), reply };
  if (opCode !== OP_MSG) throw new Error(`unknown opcode ${opCode}`);
  const flags = message.readUInt32LE(HEADER_LENGTH);
  if ((flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new Error('unknown required flag');
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const isWhole = end === message.length || crc32c(message.subarray(0, end)) === message.readUInt32LE(end);
  if (!isWhole) throw new Error('wrong checksum');
  return {
    wantsReply: (flags & MORE_TO_COME) === 0,
    command: () => readSections(message.subarray(0, end)),
    reply,
  };
}

/** OP_MSG: [flags][section kind 0][body]; OP_REPLY: [flags][cursor id][starting from][number of documents][body] */
function writeReply(requestId: number, isQuery: boolean, body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEADER_LENGTH + (isQuery ? 20 : 5));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, HEADER_LENGTH + 16);
  return Buffer.concat([head, body]);
}

/** One body document, and lists of documents that belong into it under their names. */
function readSections(message: Buffer): Document {
  let body: Document | undefined;
  const sequences: [string, Value[]][] = [];
  for (let at = HEADER_LENGTH + 4; at < message.length;) {
    const kind = message.readUInt8(at++);
    const section = sized(message, at);
    if (kind === 0 && !body) body = decodeDocument(section);
    else if (kind === 1) sequences.push(readSequence(section));
    else throw new CommandError(22, `unexpected section of kind ${kind}`);
    at += section.length;
  }
  if (!body) throw new CommandError(22, 'a message without a body');
  for (const [name, documents] of sequences) {
    const existing = body.get(name);
    body.set(name, [...(isArray(existing) ? existing : []), ...documents]);
  }
  return body;
}

/** [length][name, zero-terminated][documents] */
function readSequence(section: Buffer): [string, Value[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new CommandError(22, 'a document sequence without its name');
  const documents: Value[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const document = sized(section, at);
    documents.push(decodeDocument(document));
    at += document.length;
  }
  return [section.toString('utf8', 4, nameEnd), documents];
}

/** The part that begins with its own length. */
function sized(bytes: Buffer, at: number): Buffer {
  const length = bytes.length - at >= 5 ? bytes.readInt32LE(at) : 0;
  if (length < 5 || at + length > bytes.length)
    throw new CommandError(22, 'a part is longer than its message');
  return bytes.subarray(at, at + length);
}

/** [flags][namespace, zero-terminated][skip][return][query] */
function readQuery(message: Buffer): Document {
  const nameEnd = message.indexOf(0, HEADER_LENGTH + 4);
  const [, database] = /^(.*)\.\$cmd$/.exec(message.toString('utf8', HEADER_LENGTH + 4, nameEnd)) ?? [];
  if (nameEnd < 0 || database === undefined)
    throw new CommandError(22, 'OP_QUERY is answered for commands only');
  return decodeDocument(message.subarray(nameEnd + 9)).set('$db', database);
}

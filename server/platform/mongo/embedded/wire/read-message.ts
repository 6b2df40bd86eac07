import { decodeDocument } from '../bson/decode-document.ts';
import type { Document, Value } from '../bson/value.ts';
import { isArray } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { crc32c } from './crc32c.ts';

export const OP_MSG = 2013;
/** Drivers send their very first command in it, before they know whether the server speaks OP_MSG. */
export const OP_QUERY = 2004;
export const HEADER_LENGTH = 16;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

/** One request of a client. */
export interface Request {
  requestId: number;
  opCode: number;
  /** False when the client does not wait for a reply. */
  wantsReply: boolean;
  /** Decodes the command; throws CommandError for bytes that are none. */
  command: () => Document;
}

/** Reads one whole message. Throws when it is none, so that the connection has to be closed. */
export function readMessage(message: Buffer): Request {
  const opCode = message.readInt32LE(12);
  const requestId = message.readInt32LE(4);
  if (opCode === OP_QUERY) return { requestId, opCode, wantsReply: true, command: () => readQuery(message) };
  if (opCode !== OP_MSG) throw new Error(`unknown opcode ${opCode}`);
  const flags = message.readUInt32LE(HEADER_LENGTH);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) !== 0) throw new Error('unknown required flag');
  if (flags & CHECKSUM_PRESENT) assertChecksum(message);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const wantsReply = (flags & MORE_TO_COME) === 0;
  return { requestId, opCode, wantsReply, command: () => readSections(message.subarray(0, end)) };
}

function assertChecksum(message: Buffer): void {
  const end = message.length - 4;
  if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end)) throw new Error('wrong checksum');
}

/** One body document, and lists of documents that belong into it under their names. */
function readSections(message: Buffer): Document {
  let body: Document | undefined;
  const sequences: [string, Value[]][] = [];
  for (let at = HEADER_LENGTH + 4; at < message.length;) {
    const kind = message.readUInt8(at++);
    const length = message.readInt32LE(at);
    if (length < 5 || at + length > message.length)
      throw new CommandError(22, 'a section is longer than its message');
    if (kind === 0 && !body) body = decodeDocument(message.subarray(at, at + length));
    else if (kind === 1) sequences.push(readSequence(message.subarray(at, at + length)));
    else throw new CommandError(22, `unexpected section of kind ${kind}`);
    at += length;
  }
  if (!body) throw new CommandError(22, 'a message without a body');
  for (const [name, documents] of sequences) body.set(name, [...existing(body, name), ...documents]);
  return body;
}

function existing(body: Document, name: string): Value[] {
  const value = body.get(name);
  return isArray(value) ? value : [];
}

/** [length][name, zero-terminated][documents] */
function readSequence(section: Buffer): [string, Value[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new CommandError(22, 'a document sequence without its name');
  const documents: Value[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const length = section.length - at >= 4 ? section.readInt32LE(at) : 0;
    if (length < 5 || at + length > section.length)
      throw new CommandError(22, 'a document longer than its sequence');
    documents.push(decodeDocument(section.subarray(at, at + length)));
    at += length;
  }
  return [section.toString('utf8', 4, nameEnd), documents];
}

/** [flags][namespace, zero-terminated][skip][return][query] */
function readQuery(message: Buffer): Document {
  const nameEnd = message.indexOf(0, HEADER_LENGTH + 4);
  const namespace = message.toString('utf8', HEADER_LENGTH + 4, nameEnd);
  if (nameEnd < 0 || !namespace.endsWith('.$cmd'))
    throw new CommandError(22, 'OP_QUERY is answered for commands only');
  const command = decodeDocument(message.subarray(nameEnd + 9));
  return command.set('$db', namespace.slice(0, -'.$cmd'.length));
}

import { crc32c } from './crc32c.ts';

/**
 * One record of a log or snapshot file, all that one fsync covers:
 * [magic: 4][length of payload: 4][CRC-32C of length and payload: 4][payload]
 */
const MAGIC = Buffer.from('RLG1', 'latin1');
const HEADER_LENGTH = 12;

export function encodeRecord(payload: Buffer): Buffer {
  const record = Buffer.alloc(HEADER_LENGTH + payload.length);
  MAGIC.copy(record, 0);
  record.writeUInt32LE(payload.length, 4);
  payload.copy(record, HEADER_LENGTH);
  record.writeUInt32LE(checksum(record), 8);
  return record;
}

function checksum(record: Buffer): number {
  const length = record.subarray(4, 8);
  return (crc32c(length) ^ crc32c(record.subarray(HEADER_LENGTH))) >>> 0;
}

/**
 * Calls `onPayload` for each record up to the first one that cannot be read. Tells where that one begins, and
 * whether readable ones follow what is broken there.
 */
export function readRecords(
  file: Buffer,
  onPayload: (payload: Buffer) => void,
): { end: number; isDamaged: boolean } {
  let end = 0;
  for (let record = recordAt(file, end); record !== undefined; record = recordAt(file, end)) {
    onPayload(record.subarray(HEADER_LENGTH));
    end += record.length;
  }
  return { end, isDamaged: hasRecordAfter(file, end) };
}

function recordAt(file: Buffer, at: number): Buffer | undefined {
  if (at + HEADER_LENGTH > file.length || !file.subarray(at, at + 4).equals(MAGIC)) return undefined;
  const end = at + HEADER_LENGTH + file.readUInt32LE(at + 4);
  if (end > file.length) return undefined;
  const record = file.subarray(at, end);
  return checksum(record) === record.readUInt32LE(8) ? record : undefined;
}

/**
 * A crash can only tear the last record, as the next is written after the fsync of the one before. So a
 * whole record anywhere behind a broken one means that the file was damaged after it had been written.
 */
function hasRecordAfter(file: Buffer, broken: number): boolean {
  for (let at = file.indexOf(MAGIC, broken + 1); at >= 0; at = file.indexOf(MAGIC, at + 1)) {
    if (recordAt(file, at) !== undefined) return true;
  }
  return false;
}

import type { Request } from './read-message.ts';
import { HEADER_LENGTH, OP_MSG, OP_QUERY } from './read-message.ts';

const OP_REPLY = 1;

/** The reply to a request, in the format in which it was asked. */
export function writeReply(request: Request, body: Uint8Array): Buffer {
  const isQuery = request.opCode === OP_QUERY;
  // OP_MSG: [flags][section kind 0]; OP_REPLY: [flags][cursor id][starting from][number of documents]
  const prefix = Buffer.alloc(isQuery ? 20 : 5);
  if (isQuery) prefix.writeInt32LE(1, 16);
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeInt32LE(HEADER_LENGTH + prefix.length + body.length, 0);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}

import type { Socket } from 'node:net';
import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { encodeError } from '../commands/reply.ts';
import { LARGEST_MESSAGE } from '../commands/session.ts';
import { HEADER_LENGTH, readMessage } from './read-message.ts';
import { writeReply } from './write-reply.ts';

/** Answers one client's messages in their order until it goes away or sends what is no message. */
export async function serveConnection(
  socket: Socket,
  run: (command: Document) => Promise<Uint8Array>,
): Promise<void> {
  try {
    for await (const message of messagesOf(socket)) await answer(socket, message, run);
  } catch {
    // Not a message, or the client has gone: nobody is left who could read an answer.
  } finally {
    socket.destroy();
  }
}

async function answer(
  socket: Socket,
  message: Buffer,
  run: (command: Document) => Promise<Uint8Array>,
): Promise<void> {
  const request = readMessage(message);
  const reply = await replyTo(request.command, run);
  if (!request.wantsReply || socket.destroyed) return;
  if (!socket.write(writeReply(request, reply))) await drained(socket);
}

async function replyTo(
  command: () => Document,
  run: (command: Document) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  try {
    return await run(command());
  } catch (error) {
    if (error instanceof CommandError) return encodeError(error);
    return encodeError(
      new CommandError(1, `internal error: ${error instanceof Error ? error.message : 'unknown'}`),
    );
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

async function* messagesOf(socket: Socket): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    parts.push(chunk);
    size += chunk.length;
    while (size >= 4) {
      const needed = lengthOf(parts);
      if (size < needed) break;
      const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      yield whole.subarray(0, needed);
      size -= needed;
      parts = size > 0 ? [whole.subarray(needed)] : [];
    }
  }
}

function lengthOf(parts: readonly Buffer[]): number {
  const start = (parts[0]?.length ?? 0) >= 4 ? parts[0] : Buffer.concat(parts.slice(0, 4));
  const length = start?.readInt32LE(0) ?? 0;
  if (length < HEADER_LENGTH || length > LARGEST_MESSAGE) throw new Error(`message of ${length} bytes`);
  return length;
}

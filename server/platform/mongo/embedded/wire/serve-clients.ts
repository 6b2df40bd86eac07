import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { encodeError } from '../commands/reply.ts';
import { CommandError } from '../errors.ts';
import type { Document } from '../values/value.ts';
import { listen } from './listen.ts';
import { messagesOf, readMessage } from './messages.ts';

/** Where clients connect: a TCP port on loopback (0 takes a free one), or the path of a unix socket. */
export type Address = { port: number } | { socket: string };

export interface WireServer {
  /** What a client is given to connect. */
  uri: string;
  /** The TCP port, 0 on a unix socket. */
  port: number;
  /** Settles when every connection is closed. */
  close: () => Promise<void>;
}

type Run = (command: Document) => Promise<Uint8Array>;

/** Listens and answers every client with `run`. Throws when the port or the socket is taken. */
export async function serveClients(address: Address, run: Run): Promise<WireServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // It fails for what is no message, and when the client has gone: nobody is left who could read an answer.
    void pipeline(socket, (chunks) => replies(chunks, run), socket).catch(() => socket.destroy());
  });
  const isSocket = 'socket' in address;
  await listen(server, isSocket ? { path: address.socket } : { port: address.port, host: '127.0.0.1' });
  const port = isSocket ? 0 : (server.address() as AddressInfo).port;
  const host = isSocket ? encodeURIComponent(address.socket) : `127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { uri: `mongodb://${host}/?directConnection=true`, port, close };
}

/** Answers one client's messages in their order. */
async function* replies(chunks: AsyncIterable<Buffer>, run: Run): AsyncGenerator<Buffer> {
  for await (const message of messagesOf(chunks)) {
    const request = readMessage(message);
    const body = await answer(request.command, run);
    if (request.wantsReply) yield request.reply(body);
  }
}

async function answer(command: () => Document, run: Run): Promise<Uint8Array> {
  try {
    return await run(command());
  } catch (error) {
    return encodeError(
      error instanceof CommandError ? error : new CommandError(1, `internal error: ${String(error)}`),
    );
  }
}

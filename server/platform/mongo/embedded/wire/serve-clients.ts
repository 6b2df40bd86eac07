import { createServer } from 'node:net';
import type { AddressInfo, ListenOptions, Server, Socket } from 'node:net';
import { removeAbandonedSocket } from './remove-abandoned-socket.ts';
import { serveConnection } from './serve-connection.ts';

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

/** Listens and answers every client with `run`. Throws when the port or the socket is taken. */
export async function serveClients(
  address: Address,
  run: Parameters<typeof serveConnection>[1],
): Promise<WireServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    void serveConnection(socket, run);
  });
  const close = (): Promise<void> => stopListening(server, sockets);
  if ('socket' in address) {
    await removeAbandonedSocket(address.socket);
    await listen(server, { path: address.socket });
    return { uri: connectionString(encodeURIComponent(address.socket)), port: 0, close };
  }
  await listen(server, { port: address.port, host: '127.0.0.1' });
  const { port } = server.address() as AddressInfo;
  return { uri: connectionString(`127.0.0.1:${port}`), port, close };
}

function connectionString(host: string): string {
  return `mongodb://${host}/?directConnection=true`;
}

function listen(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function stopListening(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}

import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Cursors } from './commands/cursors.ts';
import { runCommand } from './commands/run-command.ts';
import { Database } from './storage/database.ts';
import { serveConnection } from './wire/serve-connection.ts';

export interface EmbeddedStoreOptions {
  /** The data folder; created when it does not exist. */
  dir: string;
  /** TCP port on loopback; 0 or none takes a free one. */
  port?: number;
  now?: () => Date;
}

export interface EmbeddedStoreStats {
  /** Documents read by queries since the start. */
  documentsExamined: number;
  openCursors: number;
}

export interface EmbeddedStore {
  /** `mongodb://127.0.0.1:<port>/?directConnection=true` */
  uri: string;
  port: number;
  dir: string;
  stats: () => EmbeddedStoreStats;
  /** Closes connections and files; everything acknowledged is on disk already. */
  close: () => Promise<void>;
}

/**
 * Serves MongoDB's wire protocol on loopback from a data folder, inside this process.
 * Throws when the folder is in use by another process or damaged; the message says what to do.
 */
export async function startEmbeddedStore({
  dir,
  port = 0,
  now = () => new Date(),
}: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const database = await Database.open(dir);
  const cursors = new Cursors(now);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    void serveConnection(socket, (command) => runCommand(command, database, cursors, now));
  });
  try {
    await listen(server, port);
  } catch (error) {
    await database.close();
    throw error;
  }
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${actualPort}/?directConnection=true`,
    port: actualPort,
    dir,
    stats: () => ({ ...database.catalog.counters, openCursors: cursors.count }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await database.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

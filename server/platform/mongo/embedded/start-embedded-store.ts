import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Cursors } from './commands/cursors.ts';
import { runCommand } from './commands/run-command.ts';
import { ChangeSet } from './storage/change-set.ts';
import { Database } from './storage/database.ts';
import { expireDocuments } from './storage/expire-documents.ts';
import { serveConnection } from './wire/serve-connection.ts';

export interface EmbeddedStoreOptions {
  /** The data folder; created when it does not exist. */
  dir: string;
  /** TCP port on loopback; 0 or none takes a free one. */
  port?: number;
  now?: () => Date;
  /** How often documents are looked for that a TTL index lets expire; 60 seconds, as in MongoDB. */
  expiryIntervalMs?: number;
  /** Bytes of history from which on a snapshot is worth while. */
  shortestHistoryToCompact?: number;
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
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const { dir, port = 0, now = () => new Date(), expiryIntervalMs = 60_000 } = options;
  const database = await Database.open(dir, options.shortestHistoryToCompact);
  const cursors = new Cursors(now);
  const sockets = new Set<Socket>();
  const server = serve(sockets, (command) => runCommand(command, database, cursors, now));
  try {
    await listen(server, port);
  } catch (error) {
    await database.close();
    throw error;
  }
  const expiry = setInterval(() => void expire(database, now()), expiryIntervalMs).unref();
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${actualPort}/?directConnection=true`,
    port: actualPort,
    dir,
    stats: () => ({ ...database.catalog.counters, openCursors: cursors.count }),
    close: async () => {
      clearInterval(expiry);
      await stopListening(server, sockets);
      await database.close();
    },
  };
}

function serve(sockets: Set<Socket>, run: Parameters<typeof serveConnection>[1]): Server {
  return createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    void serveConnection(socket, run);
  });
}

async function stopListening(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}

/** What cannot be written now stays, and is tried again next time. */
async function expire(database: Database, now: Date): Promise<void> {
  const changes = new ChangeSet();
  expireDocuments(database.catalog, changes, now);
  await Promise.resolve()
    .then(() => database.commit(changes))
    .catch(() => undefined);
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

import { Cursors } from './commands/cursors.ts';
import { runCommand } from './commands/run-command.ts';
import { findMatchesToChange } from './query/find-matches.ts';
import { ChangeSet } from './storage/change-set.ts';
import { Database } from './storage/database.ts';
import type { Document } from './values/value.ts';
import type { Address } from './wire/serve-clients.ts';
import { serveClients } from './wire/serve-clients.ts';

export interface EmbeddedStoreOptions {
  /** The data folder; created when it does not exist. */
  dir: string;
  /** Where to listen; when left out, at a free TCP port on loopback. */
  address?: Address;
  now?: () => Date;
  /** How often documents are looked for that a TTL index lets expire; 60 seconds, as in MongoDB. */
  expiryIntervalMs?: number;
  /** Bytes of history from which on a snapshot is worth while. */
  shortestHistoryToCompact?: number;
}

export interface EmbeddedStore {
  /** What a client is given to connect, `mongodb://127.0.0.1:<port>/?directConnection=true`. */
  uri: string;
  /** The TCP port, 0 on a unix socket. */
  port: number;
  dir: string;
  /** `documentsExamined` counts what queries have read since the start. */
  stats: () => { documentsExamined: number; openCursors: number };
  /** Closes connections and files; everything acknowledged is on disk already. */
  close: () => Promise<void>;
}

/**
 * Serves MongoDB's wire protocol on loopback from a data folder, inside this process.
 * Throws when the folder is in use by another process or damaged; the message says what to do.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const { dir, address = { port: 0 }, now = () => new Date(), expiryIntervalMs = 60_000 } = options;
  const database = await Database.open(dir, options.shortestHistoryToCompact);
  const cursors = new Cursors(now);
  const server = await serveClients(address, (command) => runCommand(command, database, cursors, now)).catch(
    async (error: unknown) => {
      await database.close();
      throw error;
    },
  );
  // What cannot be written now stays, and is tried again next time.
  const expiry = setInterval(() => void expire(database, now()).catch(() => undefined), expiryIntervalMs);
  expiry.unref();
  return {
    uri: server.uri,
    port: server.port,
    dir,
    stats: () => ({ ...database.catalog.counters, openCursors: cursors.count }),
    close: async () => {
      clearInterval(expiry);
      await server.close();
      await database.close();
    },
  };
}

/** Removes the documents whose time is over by a TTL index; in an array of dates the earliest counts. */
async function expire(database: Database, now: Date): Promise<void> {
  const changes = new ChangeSet();
  for (const collection of database.catalog.all()) {
    for (const { spec } of collection.indexes) {
      const [field] = spec.fields;
      if (spec.expireAfterSeconds === undefined || !field) continue;
      const latest = new Date(now.getTime() - spec.expireAfterSeconds * 1000);
      const isOver: Document = new Map([[field.name, new Map([['$lte', latest]])]]);
      for (const { record, document } of findMatchesToChange(collection, isOver)) {
        if (spec.partial?.(document, {}) !== false) collection.remove(record, changes);
      }
    }
  }
  await database.commit(changes);
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectMongo, ensureIndexes, type Connection } from './platform/mongo/index.ts';
import type { StoreAddress } from './platform/mongo/embedded/index.ts';
import type { Config } from './config.ts';
import { systemClock, type Clock } from './shared/clock.ts';

/** Systems refuse longer paths of unix sockets: macOS from 104 bytes on, Linux from 108. */
const LONGEST_SOCKET_PATH = 100;

export interface Database {
  connection: Connection;
  /** For people: where the data lies. */
  description: string;
  close(): Promise<void>;
}

/**
 * Connects to MONGODB_URI, or starts the embedded store in DATA_DIR/store and connects to that. The embedded
 * store asks for no password: new folders are their owner's alone, and so is the socket where it listens.
 * @param clock by which documents of the embedded store expire: the server's own, which wrote when they shall
 */
export async function openDatabase(
  config: Pick<Config, 'mongodbUri' | 'dataDir'>,
  clock: Clock = systemClock,
): Promise<Database> {
  if (config.mongodbUri !== undefined) {
    const connection = await connectMongo(config.mongodbUri).catch((error: unknown) => {
      // The driver's message names the host and never the password.
      const reason = error instanceof Error ? error.message : 'it does not answer';
      throw new Error(`The MongoDB of MONGODB_URI cannot be used: ${reason}`, { cause: error });
    });
    const description = `MongoDB at ${connection.host}:${connection.port}, database ${connection.name}`;
    return { connection, description, close: () => connection.close() };
  }
  const { startStoreThread } = await import('./platform/mongo/embedded/index.ts');
  const dir = join(config.dataDir, 'store');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const store = await startStoreThread({ dir, address: chooseAddress(config.dataDir), clock });
  const connection = await connectMongo(store.uri);
  return {
    connection,
    description: `embedded store in ${dir} (for trial, development and a small single store)`,
    async close() {
      await connection.close();
      await store.close();
    },
  };
}

/** A unix socket in the data folder; where there is none, or its path is too long, TCP on loopback. */
function chooseAddress(dataDir: string): StoreAddress {
  const socket = join(dataDir, 'store.sock');
  const isUsable = process.platform !== 'win32' && Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH;
  return isUsable ? { socket } : { port: 0 };
}

/** Creates the indexes that decide races, before the first request is answered. */
export async function prepareDatabase({ connection }: Database): Promise<void> {
  await ensureIndexes(connection);
}

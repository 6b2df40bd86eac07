import { join } from 'node:path';
import { connectMongo, ensureIndexes, type Connection } from './platform/mongo/index.ts';
import type { Config } from './config.ts';

export interface Database {
  connection: Connection;
  /** For people: where the data lies. */
  description: string;
  close(): Promise<void>;
}

/** Connects to MONGODB_URI, or starts the embedded store in DATA_DIR/store and connects to that. */
export async function openDatabase(config: Pick<Config, 'mongodbUri' | 'dataDir'>): Promise<Database> {
  if (config.mongodbUri !== undefined) {
    const connection = await connectMongo(config.mongodbUri);
    return { connection, description: `MongoDB at ${connection.host}`, close: () => connection.close() };
  }
  const { startEmbeddedStore } = await import('./platform/mongo/embedded/index.ts');
  const dir = join(config.dataDir, 'store');
  const store = await startEmbeddedStore({ dir });
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

/** Creates the indexes that decide races, before the first request is answered. */
export async function prepareDatabase({ connection }: Database): Promise<void> {
  await ensureIndexes(connection);
}

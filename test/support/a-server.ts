import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { composeServer, type RunningServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { StoreApi } from '../../server/shared/store-api.ts';
import type { Outgoing } from '../../server/platform/outgoing/index.ts';
import { aWillingStoreApi } from './a-store-api.ts';
import { anEmptyInternet } from './an-internet.ts';
import { startDatabase } from './database.ts';

export interface TestServer {
  server: RunningServer;
  url: string;
  /** The server's clock, which stands still until a test moves it. */
  clock: { now: Date };
  /** Lines that the server logged. */
  errors?: string[];
  stop(): Promise<void>;
}

/**
 * The whole server on a database of its own, mails into a temporary folder, with a clock that tests move, and nothing that waits for shops.
 * @param outgoing the internet that it sees; nobody is there when left out
 * @param storeApi what it asks of shops; they take every key when left out
 * @param level of the lines that are kept of its log
 */
export async function startServer(
  start = new Date('2026-10-01T08:00:00Z'),
  outgoing: Outgoing = anEmptyInternet(),
  storeApi: StoreApi = aWillingStoreApi(),
  level = 'error',
): Promise<TestServer> {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'refledger-server-'));
  const clock = { now: start };
  const config = readConfig({
    DATA_DIR: dataDir,
    MONGODB_URI: database.uri,
    PORT: '0',
    ALLOW_PRIVATE_STORES: 'yes',
  });
  const errors: string[] = [];
  const log = pino({ level }, { write: (line) => void errors.push(line) });
  const server = await composeServer({
    config,
    clock: () => clock.now,
    log,
    outgoing,
    storeApi,
    wait: () => Promise.resolve(),
  });
  return {
    server,
    url: server.url,
    clock,
    errors,
    async stop() {
      await server.stop();
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

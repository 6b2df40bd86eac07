import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { closeHttpServer } from './close-http-server.ts';
import type { Config } from './config.ts';
import { loadMasterSecret } from './load-master-secret.ts';
import { openDatabase, prepareDatabase } from './open-database.ts';
import { createLog } from './platform/log.ts';
import type { Outgoing } from './platform/outgoing/index.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import type { StoreApi } from './shared/store-api.ts';
import { wireApp } from './wire-app.ts';
import { describeMail, wireParts, type Parts } from './wire-parts.ts';

export interface RunningServer {
  url: string;
  /** The one-time link that creates the first merchant; undefined once there is one. */
  setupUrl: string | undefined;
  dataDir: string;
  /** For people: where the data lies, and where mail goes. */
  database: string;
  mail: string;
  parts: Parts;
  /** Resolves when every pending event was delivered. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens the database, wires the parts and listens.
 * @throws Error when the database does not answer, the folder is in use, or the port is taken.
 */
export async function composeServer(options: {
  config: Config;
  clock?: Clock;
  log?: Logger;
  outgoing?: Outgoing;
  storeApi?: StoreApi;
  wait?: (milliseconds: number) => Promise<void>;
}): Promise<RunningServer> {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(config.logLevel);
  const database = await openDatabase(config, clock);
  const masterSecret = await loadMasterSecret(config.dataDir, config.masterSecret);
  const { connection } = database;
  const { outgoing, storeApi, wait } = options;
  const parts = wireParts({ config, clock, log, masterSecret, connection, outgoing, storeApi, wait });
  await prepareDatabase(database);
  const app = wireApp({ config, clock, log, masterSecret, connection, parts });
  const server = await listen(createServer(app), config);
  const url = config.publicUrl ?? `http://${config.host}:${(server.address() as AddressInfo).port}`;
  const setup = await parts.merchants.createSetupLink();
  parts.dispatcher.start();
  parts.jobs.start();
  return {
    url,
    setupUrl: setup && `${url}/setup/${setup.token}`,
    dataDir: config.dataDir,
    database: database.description,
    mail: describeMail(config),
    parts,
    idle: () => parts.dispatcher.idle(),
    async stop() {
      await closeHttpServer(server);
      await parts.ingest.drain();
      await parts.jobs.stop();
      await parts.dispatcher.stop();
      parts.notifications.close();
      await database.close();
    },
  };
}

/** Opens the database and wires the parts without listening, for commands that only read. */
export async function openParts(config: Config): Promise<{ parts: Parts; close(): Promise<void> }> {
  if (config.mongodbUri === undefined && !existsSync(config.dataDir)) {
    throw new Error(`There is no data in ${config.dataDir}; name the folder with DATA_DIR.`);
  }
  const database = await openDatabase(config);
  const masterSecret = await loadMasterSecret(config.dataDir, config.masterSecret);
  const log = createLog(config.logLevel);
  const { connection } = database;
  return {
    parts: wireParts({ config, clock: systemClock, log, masterSecret, connection }),
    close: database.close,
  };
}

async function listen(server: Server, { host, port }: Config): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken; choose another with PORT.`) : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  return server;
}

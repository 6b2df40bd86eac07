import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { buildSnippet } from '../storefront-snippet/build.ts';
import type { Config } from './config.ts';
import { createShopifyRoutes, shopifyRouteDescriptions } from './connectors/shopify/index.ts';
import { createWooCommerceRoutes, wooCommerceRouteDescriptions } from './connectors/woocommerce/index.ts';
import { attributionRoutes, createAttribution } from './flow/attribution/index.ts';
import { commissionRoutes, createCommissions, validateRules } from './flow/commissions/index.ts';
import {
  createIngest,
  createIngestRouter,
  ingestDescriptions,
  orderRoutes,
  touchRoute,
} from './flow/ingest/index.ts';
import { createLedger, ledgerRoutes } from './flow/ledger/index.ts';
import { createNotifications } from './flow/notifications/index.ts';
import { createStatements } from './flow/statements/index.ts';
import { loadMasterSecret } from './load-master-secret.ts';
import { openDatabase, prepareDatabase } from './open-database.ts';
import { createAffiliates } from './people/affiliates/index.ts';
import { createMerchants } from './people/merchants/index.ts';
import { createPrograms } from './people/programs/index.ts';
import { createStores } from './people/stores/index.ts';
import { deriveKey, keyedHash } from './platform/crypto/index.ts';
import { createAnswerOnce, createHttpApp, createIdempotencyStore } from './platform/http/index.ts';
import { createDispatcher, type Dispatcher } from './platform/jobs/index.ts';
import { createLog } from './platform/log.ts';
import { createMailTransport } from './platform/mail/index.ts';
import { createPendingEventStore, type Connection } from './platform/mongo/index.ts';
import { createReferralDirectory } from './referral-directory.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import { newId } from './shared/ids.ts';
import { createWeb } from './web/index.ts';

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

/** Everything that the commands of cli.ts need besides the HTTP server. */
export type Parts = ReturnType<typeof wireParts>;

/**
 * Opens the database, wires the parts and listens.
 * @throws Error when the database does not answer, the folder is in use, or the port is taken.
 */
export async function composeServer(options: {
  config: Config;
  clock?: Clock;
  log?: Logger;
}): Promise<RunningServer> {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(config.logLevel);
  const database = await openDatabase(config);
  const masterSecret = await loadMasterSecret(config.dataDir, config.masterSecret);
  const parts = wireParts({ config, clock, log, masterSecret, connection: database.connection });
  await prepareDatabase(database);
  const app = wireApp({ config, clock, log, masterSecret, connection: database.connection, parts });
  const server = await listen(createServer(app), config);
  const url = config.publicUrl ?? `http://${config.host}:${(server.address() as AddressInfo).port}`;
  const setup = await parts.merchants.createSetupLink();
  parts.dispatcher.start();
  return {
    url,
    setupUrl: setup && `${url}/setup/${setup.token}`,
    dataDir: config.dataDir,
    database: database.description,
    mail:
      config.smtpUrl === undefined ? `written to ${mailFolder(config)} (no SMTP_URL is set)` : 'sent by SMTP',
    parts,
    idle: () => parts.dispatcher.idle(),
    async stop() {
      await close(server);
      await parts.dispatcher.stop();
      parts.notifications.close();
      await database.close();
    },
  };
}

/** Opens the database and wires the parts without listening, for commands that only read. */
export async function openParts(config: Config): Promise<{ parts: Parts; close(): Promise<void> }> {
  const database = await openDatabase(config);
  const masterSecret = await loadMasterSecret(config.dataDir, config.masterSecret);
  const log = createLog(config.logLevel);
  const { connection } = database;
  return {
    parts: wireParts({ config, clock: systemClock, log, masterSecret, connection }),
    close: database.close,
  };
}

interface WiringDeps {
  config: Config;
  clock: Clock;
  log: Logger;
  masterSecret: string;
  connection: Connection;
}

const mailFolder = (config: Config): string => join(config.dataDir, 'mail');

/** All parts in flow order. Whoever leaves events nudges the dispatcher, which knows who receives them. */
export function wireParts({ config, clock, log, masterSecret, connection }: WiringDeps) {
  const nudge = (collection: string): void => dispatcher.nudge(collection);
  const base = { connection, clock, newId, nudge };
  const buyerHash = (merchantId: string) => {
    const key = deriveKey(masterSecret, `buyer-hash:${merchantId}`);
    return (value: string): string => keyedHash(key, value);
  };

  const merchants = createMerchants({ ...base, masterSecret });
  const affiliates = createAffiliates(base);
  const { affiliateById } = affiliates;
  const stores = createStores({ ...base, masterSecret });
  const { shopHosts } = stores;
  const programs = createPrograms({ ...base, validateRules, affiliateById, shopHosts });
  const directory = createReferralDirectory({ affiliates, programs, buyerHash });

  const ingest = createIngest({
    ...base,
    keyedHash: buyerHash,
    ownerOfCode: directory.ownerOfCode,
    ownerOfCoupon: directory.ownerOfCoupon,
    noteEvent: stores.noteEvent,
  });
  const attribution = createAttribution({
    ...base,
    orders: ingest.orders,
    touches: ingest.touches,
    directory,
  });
  const commissions = createCommissions({
    ...base,
    orders: ingest.orders,
    attributions: attribution.attributions,
    rulesAt: directory.rulesAt,
  });
  const ledger = createLedger({ ...base, commissions: commissions.commissions });
  const { merchantById } = merchants;
  const books = { ledger: ledger.ledger, commissions: commissions.commissions };
  const statements = createStatements({ ...base, ...books, merchantById });
  const notifications = createNotifications({
    ...base,
    ...books,
    statements: statements.statements,
    merchantById,
    affiliateById,
    transport: createMailTransport({
      smtpUrl: config.smtpUrl,
      folder: mailFolder(config),
      from: config.mailFrom,
    }),
  });

  const dispatcher: Dispatcher = createDispatcher({
    stores: ['orders', 'attributions', 'commissions', 'ledgerEntries', 'statements', 'mails'].map((name) =>
      createPendingEventStore(connection, name),
    ),
    receivers: {
      'order.accepted': [attribution.onOrderAccepted],
      'attribution.decided': [commissions.onAttributionDecided],
      'commission.computed': [ledger.onCommissionComputed],
      'commission.posted': [notifications.onCommissionPosted],
      'statement.issued': [notifications.onStatementIssued],
      'mail.queued': [notifications.onMailQueued],
    },
    clock,
    log,
  });
  const records = createIdempotencyStore(connection);
  const answerOnce = createAnswerOnce({ records, clock, newId, masterSecret });
  return {
    answerOnce,
    merchants,
    affiliates,
    programs,
    stores,
    ingest,
    attribution,
    commissions,
    ledger,
    statements,
    notifications,
    dispatcher,
  };
}

/** The HTTP app over the parts. */
function wireApp({ clock, config, log, connection, parts }: WiringDeps & { parts: Parts }) {
  const { merchants, affiliates, programs, stores, ingest, attribution, commissions, ledger, statements } =
    parts;
  const hooks = { findStore: stores.findStore, acceptDelivery: ingest.acceptDelivery, clock, log };
  const ingestDeps = { ...ingest, findStore: stores.findStore, linkBySlug: programs.linkBySlug, clock };
  const web = createWeb({ setup: merchants, snippet: once(async () => (await buildSnippet()).code) });
  return createHttpApp({
    routes: [
      ...merchants.routes,
      ...affiliates.routes,
      ...programs.routes,
      ...stores.routes,
      touchRoute(ingestDeps),
      ...orderRoutes(ingest),
      ...attributionRoutes(attribution),
      ...commissionRoutes(commissions),
      ...ledgerRoutes(ledger),
      ...statements.routes,
    ],
    routers: [
      createIngestRouter(ingestDeps),
      createShopifyRoutes(hooks),
      createWooCommerceRoutes(hooks),
      ...web.routers,
    ],
    descriptions: [
      ...ingestDescriptions,
      ...shopifyRouteDescriptions,
      ...wooCommerceRouteDescriptions,
      ...web.descriptions,
    ],
    authenticate: merchants.authenticate,
    answerOnce: parts.answerOnce,
    isReady: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
    log,
    newId,
    trustProxy: config.trustProxy,
  });
}

/** Does a piece of work when it is first asked for, and keeps the result. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
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

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}

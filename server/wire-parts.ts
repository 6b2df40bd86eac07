import { join } from 'node:path';
import type { Config } from './config.ts';
import { createAttribution } from './flow/attribution/index.ts';
import { createCommissions, validateRules } from './flow/commissions/index.ts';
import { createIngest } from './flow/ingest/index.ts';
import { createLedger } from './flow/ledger/index.ts';
import { createNotifications } from './flow/notifications/index.ts';
import { createStatements } from './flow/statements/index.ts';
import { createPrivacy } from './guards/privacy/index.ts';
import { createAffiliates } from './people/affiliates/index.ts';
import { createApiKeys } from './people/api-keys/index.ts';
import { createMerchants } from './people/merchants/index.ts';
import { createPrograms, type ProgramsDeps } from './people/programs/index.ts';
import { createStores } from './people/stores/index.ts';
import { deriveKey, keyedHash } from './platform/crypto/index.ts';
import { createAnswerOnce, createIdempotencyStore } from './platform/http/index.ts';
import {
  createDispatcher,
  createJobs,
  createLeaseStore,
  createTraffic,
  type Traffic,
  type Dispatcher,
  type Receivers,
} from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import { createMailTransport } from './platform/mail/index.ts';
import { createCache, createPendingEventStore, type Cache, type Connection } from './platform/mongo/index.ts';
import { createOutgoing, type Outgoing } from './platform/outgoing/index.ts';
import { createKeepTouches } from './keep-touches.ts';
import { createReferralDirectory } from './referral-directory.ts';
import type { Clock } from './shared/clock.ts';
import { createStorefrontDirectory } from './storefront-directory.ts';
import { newId, type NewId } from './shared/ids.ts';
import type { StoreApi } from './shared/store-api.ts';
import { wireStoreApi } from './wire-store-api.ts';
import { wirePull } from './wire-pull.ts';

export interface WiringDeps {
  config: Config;
  clock: Clock;
  log: Log;
  masterSecret: string;
  connection: Connection;
  /** What is asked of other hosts; over the network when left out. */
  outgoing?: Outgoing | undefined;
  /** What is asked of shops; over the network when left out. */
  storeApi?: StoreApi | undefined;
  /** How time is let pass before a shop is asked again; really, when left out. */
  wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** What nearly every part takes. Whoever leaves events nudges the dispatcher, which knows who receives them. */
interface Base {
  connection: Connection;
  /** Answers of the database that every click and every order asks for. */
  cache: Cache;
  clock: Clock;
  newId: NewId;
  masterSecret: string;
  nudge: (collection: string) => void;
  /** For work that can wait while requests are many. */
  rest: Traffic['rest'];
}

export type Parts = ReturnType<typeof wireParts>;

/** Collections whose documents carry events, in flow order. */
const CARRIERS = [
  'storeAccesses',
  'coupons',
  'inbox',
  'orders',
  'attributions',
  'commissions',
  'ledgerEntries',
  'statements',
  'mails',
];

/**
 * Documents of one collection whose events go out at the same time. The embedded store works in one thread, so that
 * more of them only let a burst of requests wait longer.
 */
const EMBEDDED_CONCURRENCY = 4;
const REMOTE_CONCURRENCY = 16;

/** All parts, in flow order. */
export function wireParts({ config, clock, log, masterSecret, connection, ...outside }: WiringDeps) {
  const nudge = (collection: string): void => dispatcher.nudge(collection);
  const cache = createCache(connection);
  const traffic = createTraffic();
  const { rest } = traffic;
  const base: Base = { connection, cache, clock, newId, masterSecret, nudge, rest };
  const people = wirePeople(base, {
    publicUrl: config.publicUrl,
    outgoing: outside.outgoing ?? createOutgoing(),
    storeApi: outside.storeApi ?? wireStoreApi({ config, clock }),
    keepTouches: (merchantId, settings) => keepTouches(merchantId, settings),
  });
  const flow = wireFlow(base, people, config);
  const keepTouches = createKeepTouches({ ...flow.ingest, clock });
  const directory = people.stores;
  const { wait } = outside;
  const { pull, reconcile } = wirePull({
    config,
    connection,
    clock,
    log,
    directory,
    wait,
    ...flow,
    ...people,
  });
  const stores = CARRIERS.map((name) => createPendingEventStore(connection, name));
  const dispatcher: Dispatcher = createDispatcher({
    stores,
    receivers: wireReceivers(people, flow),
    clock,
    log,
    giveWay: traffic.giveWay,
    inOrder: ['inbox'],
    concurrency: config.mongodbUri === undefined ? EMBEDDED_CONCURRENCY : REMOTE_CONCURRENCY,
  });
  const records = createIdempotencyStore(connection);
  const answerOnce = createAnswerOnce({ records, clock, newId, masterSecret });
  const jobs = createJobs({
    leases: createLeaseStore(connection),
    jobs: [
      { name: 'release-due', everySeconds: 60, run: flow.commissions.releaseDue },
      { name: 'count-clicks', everySeconds: 10, run: flow.ingest.countClicks },
      { name: 'check-direct-links', everySeconds: 600, run: people.programs.checkDirectLinks },
      { name: 'check-store-channels', everySeconds: 3600, run: people.stores.checkChannels },
      { name: 'compare-coupons', everySeconds: 3600, run: people.programs.compareCoupons },
      { name: 'pull-stores', everySeconds: 60, run: pull.pullDue },
      { name: 'reconcile-stores', everySeconds: 3600, run: reconcile.reconcileDue },
      { name: 'reconcile-asked', everySeconds: 60, run: reconcile.reconcileAsked },
    ],
    clock,
    newId,
    log,
  });
  return { ...people, ...flow, pull, reconcile, dispatcher, jobs, traffic, answerOnce };
}

interface Outside {
  publicUrl: string | undefined;
  outgoing: Outgoing;
  storeApi: StoreApi;
  keepTouches: ProgramsDeps['keepTouches'];
}

function wirePeople(base: Base, outside: Outside) {
  const buyerKey = createBuyerKey(base.masterSecret);
  const buyerHash = (merchantId: string) => (value: string) => keyedHash(buyerKey(merchantId), value);
  const ipHashDays = async (merchantId: string): Promise<number> =>
    (await merchants.storefrontSettings(merchantId)).settings.ipHashDays;
  const privacy = createPrivacy({ ...base, buyerHash, ipHashDays });
  const merchants = createMerchants({ ...base, ...privacy });
  const stores = createStores({
    ...base,
    ...outside,
    buyerKey: (merchantId) => buyerKey(merchantId).toString('base64'),
  });
  const apiKeys = createApiKeys(base);
  const affiliates = createAffiliates({ ...base, ...privacy, apiKeys, buyerHash, isStore: stores.isStore });
  const { affiliateById } = affiliates;
  const programs = createPrograms({ ...base, ...outside, ...stores, validateRules, affiliateById });
  return { merchants, apiKeys, affiliates, stores, programs, buyerHash, privacy };
}

function wireFlow(base: Base, people: ReturnType<typeof wirePeople>, config: Config) {
  const { merchantById } = people.merchants;
  const { affiliateById } = people.affiliates;
  const { noteEvent, findStore } = people.stores;
  const { buyerHash, privacy } = people;
  const directory = createReferralDirectory(people);
  const { rulesAt } = directory;
  const storefront = createStorefrontDirectory({ ...people, cache: base.cache });

  const ingest = createIngest({
    ...base,
    ...privacy,
    keyedHash: buyerHash,
    storefront,
    noteEvent,
    findStore,
    noteTouchedCoupon: people.programs.noteTouchedCoupon,
  });
  const { orders, touches } = ingest;
  const attribution = createAttribution({ ...base, orders, touches, directory });
  const { attributions } = attribution;
  const commissions = createCommissions({ ...base, orders, attributions, rulesAt, findStore });
  const ledger = createLedger({ ...base, ...commissions });
  const books = { ledger: ledger.ledger, commissions: commissions.commissions };
  const statements = createStatements({ ...base, ...books, merchantById });
  const transport = createMailTransport({ ...config, folder: mailFolder(config), from: config.mailFrom });
  const mails = {
    ...base,
    ...books,
    statements: statements.statements,
    merchantById,
    affiliateById,
    transport,
  };
  const notifications = createNotifications(mails);
  return { ingest, attribution, commissions, ledger, statements, notifications };
}

/** Who has which event. */
function wireReceivers(people: ReturnType<typeof wirePeople>, flow: ReturnType<typeof wireFlow>): Receivers {
  return {
    'delivery.received': [flow.ingest.onDeliveryReceived],
    'order.accepted': [flow.ingest.onOrderAccepted, flow.attribution.onOrderAccepted],
    'tolerance.passed': [flow.attribution.onTolerancePassed],
    'history.changed': [flow.attribution.onHistoryChanged],
    'attribution.decided': [flow.commissions.onAttributionDecided],
    'commission.computed': [flow.ledger.onCommissionComputed],
    'commission.moved': [flow.ledger.onCommissionMoved],
    'entry.posted': [flow.ledger.onEntryPosted],
    'commission.posted': [flow.notifications.onCommissionPosted],
    'statement.issued': [flow.notifications.onStatementIssued],
    'mail.queued': [flow.notifications.onMailQueued],
    'store.opened': [people.stores.onStoreOpened, people.programs.onStoreOpened],
    'coupon.changed': [people.programs.onCouponChanged],
    'coupon.touched': [people.programs.onCouponTouched],
  };
}

/** The key of S8 and S9, one for each merchant, which is derived once. */
function createBuyerKey(masterSecret: string): (merchantId: string) => Buffer {
  const keys = new Map<string, Buffer>();
  return (merchantId) => {
    const key = keys.get(merchantId) ?? deriveKey(masterSecret, `buyer-hash:${merchantId}`);
    keys.set(merchantId, key);
    return key;
  };
}

const mailFolder = ({ dataDir }: Config): string => join(dataDir, 'mail');

/** For people: where mail goes. */
export function describeMail(config: Config): string {
  return config.smtpUrl === undefined
    ? `written to ${mailFolder(config)} (no SMTP_URL is set)`
    : 'sent by SMTP';
}

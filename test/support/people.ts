import type { Express } from 'express';
import { pino } from 'pino';
import request, { type Response } from 'supertest';
import { createAuthenticate } from '../../server/authenticate-caller.ts';
import { createAffiliates } from '../../server/people/affiliates/index.ts';
import { createApiKeys } from '../../server/people/api-keys/index.ts';
import { createMerchants } from '../../server/people/merchants/index.ts';
import {
  createPrograms,
  createReferrerTestRouter,
  referenceProgramme,
} from '../../server/people/programs/index.ts';
import { createStores } from '../../server/people/stores/index.ts';
import { keyedHash } from '../../server/platform/crypto/index.ts';
import {
  createAnswerOnce,
  createHttpApp,
  createIdempotencyStore,
  type RouteDefinition,
} from '../../server/platform/http/index.ts';
import {
  connectMongo,
  createCache,
  ensureIndexes,
  type Connection,
} from '../../server/platform/mongo/index.ts';
import type { Outgoing } from '../../server/platform/outgoing/index.ts';
import { newId } from '../../server/shared/ids.ts';
import { createWeb } from '../../server/web/index.ts';
import { aWillingStoreApi } from './a-store-api.ts';
import { anEmptyInternet } from './an-internet.ts';
import { startDatabase } from './database.ts';

const MASTER_SECRET = 'the master secret of the tests, long enough';
const PASSWORD = 'a password of the tests';

/** Rule kinds as the tests need them: `percent` alone, and its args are right. */
const validateRules = (rules: readonly { kind: string }[]) =>
  rules.flatMap(({ kind }, index) =>
    kind === 'percent' ? [] : [{ path: `rules.${index}.kind`, message: `"${kind}" is not a rule kind` }],
  );

/** The people parts behind the real HTTP edge, over a database of its own. */
export interface PeopleServer {
  app: Express;
  routes: RouteDefinition[];
  connection: Connection;
  parts: ReturnType<typeof wirePeople>;
  /** The moment that every part sees. */
  now: () => Date;
  advance: (milliseconds: number) => void;
  stop: () => Promise<void>;
}

function wirePeople(deps: { connection: Connection; clock: () => Date; outgoing: Outgoing }) {
  const nudge = () => undefined;
  const base = { ...deps, newId, masterSecret: MASTER_SECRET, storeApi: aWillingStoreApi(), nudge };
  const shortenIpKeys = () => Promise.resolve();
  const merchants = createMerchants({ ...base, shortenIpKeys });
  const stores = createStores({
    ...base,
    cache: createCache(deps.connection),
    buyerKey: () => Buffer.alloc(32).toString('base64'),
    publicUrl: undefined,
  });
  const buyerHash = (merchantId: string) => (value: string) => keyedHash(Buffer.from(merchantId), value);
  const hashIp = (merchantId: string, ip: string) => Promise.resolve(buyerHash(merchantId)(ip));
  const apiKeys = createApiKeys(base);
  const affiliates = createAffiliates({ ...base, apiKeys, buyerHash, hashIp, isStore: stores.isStore });
  const { affiliateById } = affiliates;
  const programs = createPrograms({
    ...base,
    validateRules,
    keepTouches: () => Promise.resolve(),
    affiliateById,
    ...stores,
    outgoing: deps.outgoing,
  });
  return { merchants, apiKeys, affiliates, stores, programs };
}

/** Starts a server of people; a suite stops it afterwards. */
export async function startPeople(outgoing: Outgoing = anEmptyInternet()): Promise<PeopleServer> {
  const database = await startDatabase();
  const connection = await connectMongo(database.uri);
  let moment = new Date('2026-05-01T12:00:00Z');
  const clock = () => moment;
  const parts = wirePeople({ connection, clock, outgoing });
  const records = createIdempotencyStore(connection);
  await ensureIndexes(connection);
  const web = createWeb({
    setup: parts.merchants,
    snippet: () => Promise.resolve(''),
    readOrderReceipts: () => Promise.resolve(undefined),
    describeAuthorization: () => Promise.resolve({ state: 'open' }),
  });
  const routes = Object.values(parts).flatMap((part) => part.routes);
  const app = createHttpApp({
    routes,
    routers: [...web.routers, createReferrerTestRouter(parts.programs.noteArrival)],
    descriptions: web.descriptions,
    authenticate: createAuthenticate(parts),
    answerOnce: createAnswerOnce({ records, clock, newId, masterSecret: MASTER_SECRET }),
    isReady: () => Promise.resolve(true),
    log: pino({ level: 'silent' }),
    newId,
  });
  return {
    app,
    routes,
    connection,
    parts,
    now: clock,
    advance: (milliseconds) => (moment = new Date(moment.getTime() + milliseconds)),
    async stop() {
      await connection.close();
      await database.stop();
    },
  };
}

type Call = (path: string, body?: object, headers?: Record<string, string>) => Promise<Response>;

/** A signed-in owner, who calls paths below `/api/v1`. */
export interface Owner {
  merchantId: string;
  email: string;
  password: string;
  headers: { Authorization: string };
  get: Call;
  post: Call;
}

/** Creates a merchant and signs its owner in. */
export async function anOwner(server: PeopleServer, name: string): Promise<Owner> {
  const email = `owner-${newId()}@example.org`;
  const account = { name, timeZone: 'Europe/Vienna', email, password: PASSWORD };
  const { id: merchantId } = await server.parts.merchants.createMerchant(account);
  const { body } = await request(server.app)
    .post('/api/v1/auth/login')
    .send({ email, password: PASSWORD })
    .expect(200);
  const headers = { Authorization: `Bearer ${body.accessToken as string}` };
  return {
    merchantId,
    email,
    password: PASSWORD,
    headers,
    get: (path) => request(server.app).get(`/api/v1${path}`).set(headers),
    post: (path, sent = {}, further = {}) =>
      request(server.app).post(`/api/v1${path}`).set(headers).set(further).send(sent),
  };
}

/** The ids of one thing of each kind, by the path segment under which it lives. */
export interface Things {
  affiliates: string;
  programs: string;
  memberships: string;
  coupons: string;
  links: string;
  rewrites: string;
  'direct-links': string;
  stores: string;
  /** A page of the shop. */
  shopUrl: string;
  /** An affiliate without a membership. */
  newcomer: string;
}

/** As much of an owner as it takes to make things: calls below `/api/v1`. */
interface Posting {
  post(path: string, body: object): Promise<{ body: any }>;
}

/**
 * Gives an owner one thing of each kind: a shop, a programme, and Anna with her code, coupon, links and site; and
 * Bert, who takes part in nothing.
 * @param status of Anna and her membership: still to be approved, or approved when left out
 */
export async function someThings(owner: Posting, status?: 'applied'): Promise<Things> {
  const tag = newId().slice(0, 8);
  const shopUrl = `https://${tag}.example/`;
  const store = await owner.post('/stores', { platform: 'custom', domain: shopUrl });
  const anna = { name: 'Anna Berg', email: `anna-${tag}@example.org`, status };
  const affiliate = await owner.post('/affiliates', anna);
  const newcomer = await owner.post('/affiliates', { name: 'Bert', email: `bert-${tag}@example.org` });
  const program = await owner.post('/programs', { ...referenceProgramme(), name: `Partners ${tag}` });
  const taking = { programId: program.body.id as string, affiliateId: affiliate.body.id as string };
  const membership = await owner.post(`/programs/${taking.programId}/memberships`, {
    affiliateId: taking.affiliateId,
    status,
  });
  const coupon = await owner.post('/coupons', { ...taking, code: `ANNA-${tag}` });
  const link = await owner.post('/links', { ...taking, targetUrl: shopUrl });
  const rewrite = await owner.post('/rewrites', { ...taking, targetUrl: shopUrl, slug: `tea-${tag}` });
  const directLink = await owner.post('/direct-links', { ...taking, site: `https://anna-${tag}.example` });
  return {
    stores: store.body.store.id,
    affiliates: affiliate.body.id,
    programs: program.body.id,
    memberships: membership.body.id,
    coupons: coupon.body.id,
    links: link.body.id,
    rewrites: rewrite.body.id,
    'direct-links': directLink.body.id,
    shopUrl,
    newcomer: newcomer.body.id,
  };
}

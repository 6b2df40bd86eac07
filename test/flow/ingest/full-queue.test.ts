import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { createIngest, eventRoute, touchRoute } from '../../../server/flow/ingest/index.ts';
import { jsonAhead, serveAhead } from '../../../server/platform/http/index.ts';
import { connectMongo, ensureIndexes, type Connection } from '../../../server/platform/mongo/index.ts';
import { newId } from '../../../server/shared/ids.ts';
import type { StoreConnection } from '../../../server/shared/store-connection.ts';
import { storefrontSettings } from '../../../server/shared/storefront-settings.ts';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { holdDatabase, type HeldDatabase } from '../../support/a-held-database.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';

const NOW = new Date('2026-10-02T10:00:00Z');
const MERCHANT = 'merchant';
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, say').toString('base64')}`;
const STORE: StoreConnection = {
  id: 'shop',
  merchantId: MERCHANT,
  platform: 'custom',
  domain: 'https://shop.example',
  status: 'connected',
  webhookSecrets: [],
  eventSecrets: [SECRET],
};
/** More than may wait: 2 000 deliveries, 10 000 touches. */
const TOO_MANY_DELIVERIES = 2_500;
const TOO_MANY_TOUCHES = 11_000;
const BODY_LIMIT = 10_000;

/** Everybody's code is Anna's; what is asked about people never asks the database. */
const storefront = {
  storeByKey: () => Promise.resolve(STORE),
  termsOf: () =>
    Promise.resolve({ settings: storefrontSettings.parse({}), timeZone: 'UTC', keepTouchesSeconds: 1_000 }),
  ownerOfCode: () => Promise.resolve({ programId: 'program', affiliateId: 'anna' }),
  ownerOfCoupon: () => Promise.resolve(undefined),
  ownerOfReferrer: () => Promise.resolve(undefined),
  linkBySlug: () => Promise.resolve(undefined),
  linkById: () => Promise.resolve(undefined),
  settingsAt: () => Promise.resolve(undefined),
};

describe('when the database is slower than what comes', () => {
  let database: TestDatabase;
  let way: HeldDatabase;
  let connection: Connection;
  let server: Server;
  let url: string;
  let ingest: ReturnType<typeof createIngest>;

  beforeEach(async () => {
    database = await startDatabase();
    way = await holdDatabase(database.uri);
    connection = await connectMongo(way.uri);
    const findStore = { byId: () => Promise.resolve(STORE) };
    const log = pino({ level: 'silent' });
    const base = { connection, clock: () => NOW, newId, storefront, findStore };
    ingest = createIngest({
      ...base,
      keyedHash: () => (value) => `hash of ${value.length}`,
      dayHashes: () => Promise.resolve([]),
      hashIp: () => Promise.resolve('hash of an address'),
      noteEvent: () => Promise.resolve(),
      noteTouchedCoupon: () => Promise.resolve(),
      requestErasure: () => Promise.resolve(),
      nudge: () => undefined,
      rest: () => Promise.resolve(),
    });
    await ensureIndexes(connection);
    const routes = [
      eventRoute({ ...base, ...ingest }),
      jsonAhead(touchRoute({ ...ingest, storefront, log }), BODY_LIMIT, ingest.touches.isFull),
    ];
    const deps = { routes, addressOf: () => '203.0.113.9', newId, log };
    server = createServer(serveAhead(deps, (_request, response) => void response.writeHead(404).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await connection.close();
    await way.stop();
    await database.stop();
  });

  async function post(path: string, body: string, headers: Record<string, string> = {}) {
    const type = { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', body, headers: { ...type, ...headers } });
    const { error } = (await response.json()) as { error?: { code: string } };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), code: error?.code };
  }

  const REFUSED = { status: 503, retryAfter: '1', code: 'unavailable' };
  const TAKEN = { status: 202, retryAfter: null, code: undefined };

  /** Tells so many at once; resolves, when nothing waits any more, with those that were promised. */
  async function tellMany(count: number, tell: (number: number) => Promise<string>): Promise<string[]> {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, number) => tell(number)));
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  }

  const stored = async (collection: string, field: string): Promise<string[]> =>
    (await connection.collection(collection).find().toArray()).map((document) => document[field] as string);

  it('signed events are refused with 503 and Retry-After, and all that were promised are there', async () => {
    const send = (): ReturnType<typeof post> => {
      const body = JSON.stringify({ events: [anOrderEvent()] });
      const seconds = String(NOW.getTime() / 1_000);
      const signature = new Webhook(SECRET).sign('id', NOW, body);
      const signed = { 'webhook-id': 'id', 'webhook-timestamp': seconds, 'webhook-signature': signature };
      return post('/hooks/v1/events/shop', body, signed);
    };
    way.hold();
    const told = tellMany(TOO_MANY_DELIVERIES, async (number) => {
      const delivery = { kind: 'read-request', orderExternalId: '1', reason: 'it was refunded' } as const;
      const place = { merchantId: MERCHANT, storeId: 'shop', channel: 'webhook' } as const;
      const { kept } = await ingest.receiveDelivery({ ...place, key: String(number), delivery });
      await kept;
      return `shop/${number}`;
    });
    await nextTurn();
    expect(await send()).to.deep.equal(REFUSED);
    // At once: not even the signature is checked.
    expect(await post('/hooks/v1/events/shop', 'unsigned')).to.deep.equal(REFUSED);
    way.release();
    const kept = await told;
    expect(kept.length).to.be.within(1, TOO_MANY_DELIVERIES - 1);
    expect(await stored('inbox', 'reference')).to.have.members(kept);
    expect(await send()).to.deep.equal(TAKEN);
    expect(await stored('inbox', 'reference')).to.have.length(kept.length + 1);
  });

  it('touches are refused with 503 and Retry-After, and all that were promised are there', async () => {
    const page = { url: 'https://shop.example/?ref=anna', visitorKey: 'visitor-of-the-page', consent: true };
    const send = () =>
      post('/collect/v1/touches', JSON.stringify({ storeKey: 'key', code: 'anna', ...page }));
    way.hold();
    const told = tellMany(TOO_MANY_TOUCHES, async (number) => {
      const touch = await ingest.recordTouch({
        ...{
          merchantId: MERCHANT,
          storeId: 'shop',
          code: 'anna',
          coupon: null,
          class: 'link',
          carrier: 'link',
        },
        ...{ linkId: null, subId: null, isLanding: false, url: null, referrer: null, statedAt: null },
        ...{ visitorKey: `visitor-${number}`, ip: null, isBot: false, visitsThisMinute: 1 },
      });
      await touch.stored;
      return touch.touchId;
    });
    await nextTurn();
    expect(await send()).to.deep.equal(REFUSED);
    // At once: what the body says is not even read.
    expect(await post('/collect/v1/touches', 'no JSON')).to.deep.equal(REFUSED);
    way.release();
    const kept = await told;
    expect(kept.length).to.be.within(1, TOO_MANY_TOUCHES - 1);
    expect(await stored('touches', '_id')).to.have.members(kept);
    expect(await send()).to.deep.equal(TAKEN);
    expect(await stored('touches', '_id')).to.have.length(kept.length + 1);
  }).timeout(60_000);
});

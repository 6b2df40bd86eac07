import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { eventRoute } from '../../../server/flow/ingest/index.ts';
import { serveAhead } from '../../../server/platform/http/index.ts';
import { TooMuchWaiting } from '../../../server/platform/mongo/index.ts';
import type { StoreConnection } from '../../../server/shared/store-connection.ts';
import { newId } from '../../../server/shared/ids.ts';
import { anOrderEvent } from '../../support/a-signed-order.ts';

const NOW = new Date('2026-10-02T10:00:00Z');
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, say').toString('base64')}`;
const STORE: StoreConnection = {
  id: 'shop',
  merchantId: 'm',
  platform: 'custom',
  domain: 'https://shop.example',
  status: 'connected',
  webhookSecrets: [],
  eventSecrets: [SECRET],
};

describe('POST /hooks/v1/events/:storeId', () => {
  let server: Server;
  afterEach(() => void server.close());

  /** The route alone, in front of a server that knows nothing else; `fails` is what keeping a batch fails with. */
  async function send({
    fails,
    store = STORE,
    headers = {},
  }: {
    fails?: Error;
    store?: StoreConnection;
    headers?: Record<string, string>;
  }) {
    const route = eventRoute({
      findStore: { byId: () => Promise.resolve(store) },
      isInboxFull: () => false,
      acceptEventBatch: () => (fails ? Promise.reject(fails) : Promise.resolve([])),
      clock: () => NOW,
    });
    const deps = { routes: [route], addressOf: () => '', newId, log: pino({ level: 'silent' }) };
    server = createServer(serveAhead(deps, (_request, response) => void response.writeHead(404).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const body = JSON.stringify({ events: [anOrderEvent()] });
    const signed = { 'webhook-id': 'id', 'webhook-timestamp': String(NOW.getTime() / 1_000) };
    const signature = new Webhook(SECRET).sign('id', NOW, body);
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/hooks/v1/events/shop`, {
      method: 'POST',
      body,
      headers: { ...signed, 'webhook-signature': signature, ...headers },
    });
    const { error } = (await response.json()) as { error?: { code: string; help: string } };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), code: error?.code };
  }

  it('answers 202 when the batch is kept', async () => {
    expect(await send({})).to.deep.equal({ status: 202, retryAfter: null, code: undefined });
  });

  it('answers 503 and when to come again when more wait than may wait', async () => {
    const answer = await send({ fails: new TooMuchWaiting() });
    expect(answer).to.deep.equal({ status: 503, retryAfter: '1', code: 'unavailable' });
  });

  it('answers 503 as well when no database answers', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { name: 'MongoNetworkError' });
    expect(await send({ fails: away })).to.deep.equal({ status: 503, retryAfter: '5', code: 'unavailable' });
  });

  it('answers 410 for a shop that was disconnected', async () => {
    const answer = await send({ store: { ...STORE, status: 'disconnected' } });
    expect([answer.status, answer.code]).to.deep.equal([410, 'store-disconnected']);
  });

  it('refuses a packed body, because the bytes that arrive are what is signed', async () => {
    const answer = await send({ headers: { 'content-encoding': 'gzip' } });
    expect([answer.status, answer.code]).to.deep.equal([415, 'unsupported-media-type']);
  });
});

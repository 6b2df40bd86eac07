import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import {
  createWooClient,
  WooError,
  type WooClient,
} from '../../../../server/connectors/woocommerce/index.ts';
import type { RestAccess } from '../../../../server/shared/rest-access.ts';

const KEY = 'ck_0123456789abcdef0123456789abcdef01234567';
const SECRET = 'cs_fedcba9876543210fedcba9876543210fedcba98';
const BASIC = Buffer.from(`${KEY}:${SECRET}`).toString('base64');
const NOW = new Date('2026-11-21T08:00:00Z');

const servers: Server[] = [];

async function aHost(answer: RequestListener): Promise<{ access: RestAccess; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { access: { address, consumerKey: KEY, consumerSecret: SECRET, secretsInAddress: false }, asked };
}

const limits = { clock: () => NOW, allowPrivate: true, timeout: 300, mostBytes: 10_000 };
const connect = createWooClient(limits);

async function failureOf(ask: Promise<unknown>): Promise<WooError> {
  const error: unknown = await ask.then(
    (answer) => new Error(`it answered ${JSON.stringify(answer)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WooError)) throw new Error('it failed otherwise', { cause: error });
  return error;
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

const html =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Please wait</h1>');
  };

const wooError = (status: number, code: string, message = 'No.') =>
  json(status, { code, message, data: { status } });

interface FailureCase {
  when: string;
  answer: RequestListener;
  code: string;
  transient: boolean;
  retryAfter?: number;
}

const FAILURES: FailureCase[] = [
  {
    when: 'a key that is wrong',
    answer: wooError(401, 'woocommerce_rest_cannot_view'),
    code: 'unauthorised',
    transient: false,
  },
  {
    when: 'a key that may not do this',
    answer: wooError(403, 'rest_forbidden'),
    code: 'unauthorised',
    transient: false,
  },
  { when: 'a 403 in HTML', answer: html(403), code: 'busy', transient: true },
  {
    when: 'an order that is not there',
    answer: wooError(404, 'woocommerce_rest_shop_order_invalid_id'),
    code: 'not-found',
    transient: false,
  },
  { when: 'a 404 in HTML', answer: html(404), code: 'not-json', transient: true },
  {
    when: 'a parameter that WooCommerce refuses',
    answer: wooError(400, 'rest_invalid_param'),
    code: 'rejected',
    transient: false,
  },
  {
    when: '429 with a wait',
    answer: html(429, { 'retry-after': '17' }),
    code: 'busy',
    transient: true,
    retryAfter: 17,
  },
  {
    when: '429 until a date',
    answer: html(429, { 'retry-after': 'Sat, 21 Nov 2026 08:01:00 GMT' }),
    code: 'busy',
    transient: true,
    retryAfter: 60,
  },
  { when: '503 in JSON', answer: wooError(503, 'internal_server_error'), code: 'busy', transient: true },
  { when: 'a page in HTML with 200', answer: html(200), code: 'not-json', transient: true },
  {
    when: 'an empty answer',
    answer: (_request, response) => void response.end(),
    code: 'not-json',
    transient: true,
  },
  {
    when: 'a redirect',
    answer: html(301, { location: 'http://127.0.0.1:1/' }),
    code: 'rejected',
    transient: false,
  },
  { when: 'more than we take', answer: json(200, 'x'.repeat(20_000)), code: 'too-large', transient: false },
  { when: 'no answer in time', answer: () => undefined, code: 'timed-out', transient: true },
  {
    when: 'an answer that comes in drops',
    answer(_request, response) {
      const drop = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drop));
    },
    code: 'timed-out',
    transient: true,
  },
  {
    when: 'an answer that breaks off',
    answer(_request, response) {
      response.writeHead(200, { 'content-length': '500' }).write('[{"id":');
      setTimeout(() => response.destroy(), 20);
    },
    code: 'unreachable',
    transient: true,
  },
  {
    when: 'a host that sends the keys back',
    answer: wooError(400, 'odd', `You sent ${KEY}, ${SECRET} and ${BASIC}.`),
    code: 'rejected',
    transient: false,
  },
];

describe("A shop's REST API that is asked through our client", () => {
  after(() => servers.forEach((server) => server.close().closeAllConnections()));

  describe('when all is well', () => {
    it('gives the body, and how much there is of a list', async () => {
      const { access, asked } = await aHost(
        json(200, [{ id: 7 }], { 'x-wp-total': '41', 'x-wp-totalpages': '5' }),
      );
      const answer = await connect(access).get('orders', { per_page: 9 });
      expect(answer).to.deep.equal({ status: 200, body: [{ id: 7 }], total: 41, totalPages: 5 });
      expect(asked[0]?.url).to.match(/^\/wp-json\/wc\/v3\/orders\?per_page=9&/);
    });

    it('asks other namespaces and shops in a folder, and sends what is written', async () => {
      const { access, asked } = await aHost((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => response.end(Buffer.concat(chunks)));
      });
      const api = connect({ ...access, address: `${access.address}/store` });
      const { body } = await api.put('/wc-refledger/v1/connection', { connectionKey: 'rk1' });
      expect(body).to.deep.equal({ connectionKey: 'rk1' });
      expect(asked[0]?.method).to.equal('PUT');
      expect(asked[0]?.url).to.match(/^\/store\/wp-json\/wc-refledger\/v1\/connection\?oauth_/);
    });

    it('writes lists as CSV and leaves out what is not there', async () => {
      const { access, asked } = await aHost(json(200, []));
      const include = Array.from({ length: 12 }, (_, index) => index + 1);
      await connect(access).get('orders', { include, after: undefined, before: null, dates_are_gmt: true });
      const query = new URL(asked[0]?.url ?? '', 'http://shop').searchParams;
      expect(query.get('include')).to.equal('1,2,3,4,5,6,7,8,9,10,11,12');
      expect(query.get('dates_are_gmt')).to.equal('true');
      // The library writes each one twice over http, and PHP reads it once.
      const names = new Set([...query.keys()].filter((name) => !name.startsWith('oauth_')));
      expect([...names]).to.have.members(['include', 'dates_are_gmt']);
    });

    it('asks nothing with an empty list, which WooCommerce would take as no filter', async () => {
      const { access, asked } = await aHost(json(200, []));
      expect(() => connect(access).get('orders', { include: [] })).to.throw(RangeError, '"include"');
      expect(asked).to.be.empty;
    });
  });

  describe('when it fails', () => {
    for (const { when, answer, code, transient, retryAfter = null } of FAILURES) {
      it(`${when}: ${code}, ${transient ? 'worth another try' : 'for good'}, and no secret is in it`, async () => {
        const { access } = await aHost(answer);
        const error = await failureOf(connect(access).get('orders'));
        expect({ code: error.code, transient: error.transient }).to.deep.equal({ code, transient });
        expect(error.retryAfterSeconds).to.equal(retryAfter);
        expectNoSecret(error);
      });
    }

    it('a name that does not exist, and a port where nobody is: unreachable', async () => {
      const { access } = await aHost(json(200, []));
      for (const address of [
        'http://127.0.0.1:1',
        'https://shop.invalid',
        `https${access.address.slice(4)}`,
      ]) {
        const error = await failureOf(connect({ ...access, address }).get('orders'));
        expect(error.code, address).to.equal('unreachable');
        expectNoSecret(error);
      }
    });

    it('with the keys in the address, nothing of them is told either', async () => {
      const { access } = await aHost(json(200, []));
      const address = `https${access.address.slice(4)}`;
      const error = await failureOf(connect({ ...access, address, secretsInAddress: true }).get('orders'));
      expectNoSecret(error);
    });

    it('says what WooCommerce said', async () => {
      const { access } = await aHost(
        wooError(400, 'woocommerce_rest_coupon_code_already_exists', 'It is there.'),
      );
      const error = await failureOf(connect(access).post('coupons', { code: 'anna10' }));
      expect(error).to.include({ status: 400, wooCode: 'woocommerce_rest_coupon_code_already_exists' });
      expect(error.wooMessage).to.equal('It is there.');
    });
  });

  describe('where it may not be asked', () => {
    const guarded = (names: Record<string, string> = {}): ((address: string) => WooClient) => {
      const ask = createWooClient({
        ...limits,
        allowPrivate: false,
        lookup: (hostname, _options, callback) =>
          callback(null, [{ address: names[hostname] ?? '93.184.216.34', family: 4 }]),
      });
      return (address) => ask({ address, consumerKey: KEY, consumerSecret: SECRET, secretsInAddress: false });
    };

    for (const address of [
      'http://shop.example',
      'ftp://shop.example',
      'https://user:word@shop.example',
      'https://127.0.0.1',
      'https://2130706433',
      'https://[::1]',
      'https://[::ffff:10.0.0.1]',
      'https://169.254.169.254',
      'no address',
    ]) {
      it(`${address} is refused unasked`, async () => {
        const error = await failureOf(guarded()(address).get('orders'));
        expect(error.code).to.equal('refused-address');
        expectNoSecret(error);
      });
    }

    it('a name that leads into our own network is refused when it is connected to', async () => {
      const error = await failureOf(
        guarded({ 'inside.example': '10.0.0.7' })('https://inside.example').get('orders'),
      );
      expect(error.code).to.equal('refused-address');
      expectNoSecret(error);
    });
  });
});

/** Neither as they are, nor as a header or an address would hold them. */
function expectNoSecret(error: Error): void {
  const told = [
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: null, showHidden: true }),
    String(error.stack),
  ].join('\n');
  for (const secret of [KEY, SECRET, BASIC]) expect(told).not.to.contain(secret);
}

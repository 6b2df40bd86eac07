import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RestAccess } from '../../../shared/rest-access.ts';
import { checkSignature, type FakeKeys } from './check-signature.ts';
import { restError, type FakeAnswer, type FakeRequest, type FakeRoute } from './fake-route.ts';
import { answerFaulty, type ChooseFault } from './fault.ts';
import { createWooOrders, type WooOrders, type WooOrdersSettings } from './woo-orders.ts';

export interface FakeWooStoreOptions extends Partial<WooOrdersSettings> {
  keys?: FakeKeys;
  /** Takes Basic over http too, as a shop behind a TLS proxy does over https. */
  takesBasic?: boolean;
  /** Asked before the shop's own routes. */
  routes?: readonly FakeRoute[];
}

export interface FakeWooStore extends Omit<WooOrders, 'route'> {
  address: string;
  accessOf(): RestAccess;
  /** In place of answers, until it is set to nothing. */
  setFault(choose: ChooseFault | undefined): void;
  /** Called before each answer: for what people do in the shop while it is read. */
  onRequest(act: ((request: FakeRequest) => void) | undefined): void;
  /** Method, path and query of what was asked, without the signature. */
  readonly asked: string[];
  stop(): Promise<void>;
}

const KEYS = { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` };
const PREFIX = '/wp-json';

/** A WooCommerce of Node's own http on loopback: signatures, orders, refunds, and faults by switch. */
export async function startFakeWooStore(options: FakeWooStoreOptions = {}): Promise<FakeWooStore> {
  const { keys = KEYS, takesBasic = false, decimals = 2, hoursAhead = 0 } = options;
  const { route, ...orders } = createWooOrders({ decimals, hoursAhead });
  const routes = [...(options.routes ?? []), route];
  const nonces = new Set<string>();
  const asked: string[] = [];
  let chooseFault: ChooseFault | undefined;
  let act: ((request: FakeRequest) => void) | undefined;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? ''}`);
    const signed = {
      method: incoming.method ?? '',
      url: url.origin + url.pathname,
      query: new Map(url.searchParams),
    };
    const request = await readRequest(incoming, url);
    asked.push(`${request.method} ${request.path}${describeQuery(request.query)}`);
    const fault = chooseFault?.(request);
    if (fault) {
      answerFaulty(fault, response);
      return;
    }
    const basic = takesBasic ? incoming.headers.authorization : undefined;
    const problem = basic === undefined ? checkSignature(signed, keys, nonces) : checkBasic(basic, keys);
    if (problem) {
      send(response, restError(401, 'woocommerce_rest_authentication_error', problem));
      return;
    }
    act?.(request);
    const answer = routes.map((answerOf) => answerOf(request)).find((found) => found !== undefined);
    send(response, answer ?? restError(404, 'rest_no_route', 'No route was found matching the URL.'));
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...orders,
    address,
    asked,
    accessOf: () => ({ address, ...keys, secretsInAddress: false }),
    setFault: (choose) => void (chooseFault = choose),
    onRequest: (next) => void (act = next),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(incoming: IncomingMessage, { pathname, searchParams }: URL): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: incoming.method ?? '',
    path: pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : pathname,
    query: new Map([...searchParams].filter(([name]) => !name.startsWith('oauth_'))),
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

function describeQuery(query: FakeRequest['query']): string {
  const words = [...query].map(([name, value]) => `${name}=${value}`);
  return words.length === 0 ? '' : `?${words.join('&')}`;
}

function checkBasic(header: string, { consumerKey, consumerSecret }: FakeKeys): string | undefined {
  const expected = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  return header === expected ? undefined : 'Consumer secret is invalid.';
}

/** WordPress escapes slashes in all its JSON. */
function send(response: ServerResponse, { status, body, headers }: FakeAnswer): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8', ...headers })
    .end(JSON.stringify(body).replaceAll('/', '\\/'));
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request as it arrived; the body is read when it is JSON. */
export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  contentType: string | undefined;
  body: Record<string, unknown>;
}

/** A shop page and the server it reports to, on two ports of loopback: two origins to a browser. */
export interface Shop {
  /** Address of the shop's page, without a query. */
  url: string;
  /** Origin of the server that the page reports to. */
  server: string;
  /** Everything that reached `POST /collect/v1/touches`, oldest first. */
  touches: Received[];
  /** Resolves with the touch of this number (1 is the first) once it arrived. */
  touch(number: number): Promise<Received>;
  /** Everything that reached `POST /collect/v1/conversions`, oldest first. */
  conversions: Received[];
  conversion(number: number): Promise<Received>;
  /** What the page asked of the shop itself, but for its page and its own script. */
  asks: Received[];
  ask(number: number): Promise<Received>;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** The snippet's code; undefined = its server accepts the request and never answers. */
  snippet: string | undefined;
  /** Attributes on the script tag, e.g. `data-consent="required"`. */
  attributes?: string;
  /** The code of the second script. */
  forms: string;
  /** Attributes on the second script's tag; undefined = the page has none. */
  formsAttributes?: string;
  /** What the page shows below its heading. */
  content?: string;
  /** The page's Content-Security-Policy; SERVER stands for the server's origin. */
  policy?: string;
}

/** Opens a fake shop; its own script sets the title to "open" after the snippet's tag. */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const [touches, conversions, asks] = [createInbox(), createInbox(), createInbox()];
  const server = await listen(async (request, response) => {
    if (request.url?.startsWith('/snippet.js')) return serveScript(response, options.snippet);
    if (request.url?.startsWith('/snippet-forms.js')) return serveScript(response, options.forms);
    const received = await receive(request);
    response.writeHead(202, { 'access-control-allow-origin': '*' }).end();
    if (received.method !== 'POST') return;
    if (received.path === '/collect/v1/touches') touches.take(received);
    if (received.path === '/collect/v1/conversions') conversions.take(received);
  });
  const shop = await listen(async (request, response) => {
    if (request.url === '/shop.js') return void response.end('document.title = "open";');
    if (!request.url?.startsWith('/tea')) {
      asks.take(await receive(request));
      const isDiscount = request.url?.includes('/discount/');
      return void response.writeHead(isDiscount ? 302 : 200, { location: '/tea' }).end('{}');
    }
    const { policy } = options;
    if (policy) response.setHeader('content-security-policy', policy.replaceAll('SERVER', server.origin));
    response.setHeader('content-type', 'text/html');
    response.end(shopPage(server.origin, options));
  });
  return {
    url: `${shop.origin}/tea`,
    server: server.origin,
    touches: touches.all,
    touch: touches.at,
    conversions: conversions.all,
    conversion: conversions.at,
    asks: asks.all,
    ask: asks.at,
    close: async () => {
      await Promise.all([shop.close(), server.close()]);
    },
  };
}

function shopPage(server: string, { attributes = '', formsAttributes, content = '' }: ShopOptions): string {
  const tag = (name: string, more: string) =>
    `<script async src="${server}/${name}?store=store_1" ${more}></script>`;
  const scripts = [
    tag('snippet.js', attributes),
    ...(formsAttributes === undefined ? [] : [tag('snippet-forms.js', formsAttributes)]),
  ];
  return `<!doctype html><link rel="icon" href="data:,">${scripts.join('')}<h1>Tea</h1>${content}<script src="/shop.js"></script>`;
}

/** What arrived at one place, and promises of what will. */
function createInbox() {
  const all: Received[] = [];
  const waiting: { number: number; resolve: (received: Received) => void }[] = [];
  return {
    all,
    take(received: Received): void {
      all.push(received);
      for (const { number, resolve } of waiting) if (number === all.length) resolve(received);
    },
    at(number: number): Promise<Received> {
      const arrived = all[number - 1];
      if (arrived) return Promise.resolve(arrived);
      return new Promise((resolve) => waiting.push({ number, resolve }));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const { method = '', url: path = '', headers } = request;
  const raw = await text(request);
  return {
    method,
    path,
    contentType: headers['content-type'],
    body: raw.startsWith('{') ? JSON.parse(raw) : {},
  };
}

function serveScript(response: ServerResponse, code: string | undefined): void {
  if (code === undefined) return;
  response.setHeader('content-type', 'text/javascript');
  response.end(code);
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

async function listen(answer: Answer): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

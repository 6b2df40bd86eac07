import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the collector of the fake shop received with one touch. */
export interface ReceivedTouch {
  contentType: string | undefined;
  body: Record<string, unknown>;
}

/** A shop page and the server it reports to, on two ports of loopback: two origins to a browser. */
export interface Shop {
  /** Address of the shop's page, without a query. */
  url: string;
  /** Everything that reached `POST /collect/v1/touches`, oldest first. */
  touches: ReceivedTouch[];
  /** Resolves with the touch of this number (1 is the first) once it arrived. */
  touch(number: number): Promise<ReceivedTouch>;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** The snippet's code; undefined = its server accepts the request and never answers. */
  snippet: string | undefined;
  /** Attributes on the script tag, e.g. `data-consent="required"`. */
  attributes?: string;
  /** The page's Content-Security-Policy; SERVER stands for the server's origin. */
  policy?: string;
}

/** Opens a fake shop; its own script sets the title to "open" after the snippet's tag. */
export async function openShop({ snippet, attributes = '', policy }: ShopOptions): Promise<Shop> {
  const collector = collectTouches(snippet);
  const server = await listen(collector.answer);
  const shop = await listen((request, response) => {
    if (request.url === '/shop.js') return void response.end('document.title = "open";');
    if (policy) response.setHeader('content-security-policy', policy.replaceAll('SERVER', server.origin));
    response.setHeader('content-type', 'text/html');
    response.end(shopPage(`src="${server.origin}/snippet.js?store=store_1" ${attributes}`));
  });
  return {
    url: `${shop.origin}/tea`,
    touches: collector.touches,
    touch: collector.touch,
    close: async () => {
      await Promise.all([shop.close(), server.close()]);
    },
  };
}

function shopPage(script: string): string {
  return `<!doctype html><link rel="icon" href="data:,"><script async ${script}></script><h1>Tea</h1><script src="/shop.js"></script>`;
}

function collectTouches(snippet: string | undefined) {
  const touches: ReceivedTouch[] = [];
  const waiting: { number: number; resolve: (touch: ReceivedTouch) => void }[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/snippet.js')) return serveSnippet(response, snippet);
    const body = await text(request);
    if (request.method === 'POST' && request.url === '/collect/v1/touches') {
      touches.push({ contentType: request.headers['content-type'], body: JSON.parse(body) });
    }
    response.writeHead(202).end();
    for (const { number, resolve } of waiting) {
      const touch = touches[number - 1];
      if (touch) resolve(touch);
    }
  }

  function touch(number: number): Promise<ReceivedTouch> {
    const arrived = touches[number - 1];
    if (arrived) return Promise.resolve(arrived);
    return new Promise((resolve) => waiting.push({ number, resolve }));
  }

  return { touches, answer, touch };
}

function serveSnippet(response: ServerResponse, snippet: string | undefined): void {
  if (snippet === undefined) return;
  response.setHeader('content-type', 'text/javascript');
  response.end(snippet);
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

import {
  createServer,
  request as passOn,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * `away`: nobody answers. `shaky`: of five batches of events one is answered 500, and one is taken but its answer
 * is lost on the way.
 */
type Mode = 'up' | 'away' | 'shaky';

/** The line between a shop and the server, which can fail. */
export interface FaultyLine {
  url: string;
  mode: Mode;
  /** What became of the batches of events, in their order. */
  batches: string[];
  close(): Promise<void>;
}

/** Passes everything on to the server, as well as its mode allows. */
export async function openFaultyLine(target: string, port = 0): Promise<FaultyLine> {
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const line: FaultyLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: 'up',
    batches: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const isBatch = request.url?.startsWith('/hooks/') ?? false;
    const turn = line.mode === 'shaky' && isBatch ? line.batches.length % 5 : -1;
    if (line.mode === 'away') return note(isBatch, 'away', () => response.destroy());
    if (turn === 1) return note(isBatch, '500', () => response.writeHead(500).end('<h1>Oops</h1>'));
    const answer = await ask(target, request, body);
    const content = await buffer(answer);
    if (turn === 3) return note(isBatch, 'answer lost', () => response.destroy());
    note(isBatch, String(answer.statusCode), () => {
      const headers = omit(answer.headers, ['transfer-encoding', 'connection']);
      response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': content.length });
      response.end(content);
    });
  }

  function note(isBatch: boolean, what: string, act: () => void): void {
    if (isBatch) line.batches.push(what);
    act();
  }
  return line;
}

/** Asks the server; it sees the address of the line as its own, as behind any proxy. */
function ask(
  target: string,
  { url, method, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  const kept = {
    ...omit(headers, ['connection', 'expect', 'transfer-encoding']),
    'content-length': body.length,
  };
  return new Promise((resolve, reject) => {
    passOn(target + (url ?? '/'), { method, headers: kept }, resolve)
      .on('error', reject)
      .end(body);
  });
}

function omit(headers: IncomingHttpHeaders, names: string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

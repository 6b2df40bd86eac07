import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: copyHeaders(request),
      ...(body.length > 0 ? { body } : {}),
      redirect: 'manual',
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (turn === 3) return note(isBatch, 'answer lost', () => response.destroy());
    note(isBatch, String(answer.status), () => {
      const headers = Object.fromEntries(answer.headers);
      delete headers['content-encoding'];
      delete headers['transfer-encoding'];
      response.writeHead(answer.status, { ...headers, 'content-length': content.length }).end(content);
    });
  }

  function note(isBatch: boolean, what: string, act: () => void): void {
    if (isBatch) line.batches.push(what);
    act();
  }
  return line;
}

function copyHeaders(request: IncomingMessage): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  for (const name of ['connection', 'content-length', 'expect']) delete headers[name];
  return headers;
}

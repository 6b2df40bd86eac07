import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { guardLookup, PrivateAddress, type LookupAll, type MayConnect } from './guard-lookup.ts';
import { isPublicAddress } from './is-public-address.ts';
import { mayRedirect } from './may-redirect.ts';

const TIMEOUT = 5_000;
const MOST_BYTES = 64 * 1024;
const MOST_REDIRECTS = 3;

/** What a host answered; `text` ends after 64 KiB. Or in words why nothing came; the words are ours, never the host's. */
export type FetchedPage = { ok: true; status: number; text: string } | { ok: false; reason: string };

/** Reads a page of a host that somebody named. Never throws. */
export type FetchPage = (address: string) => Promise<FetchedPage>;

interface FetchLimits {
  /** Which addresses may be connected to; those of the open internet when left out. */
  mayConnect?: MayConnect;
  lookup?: LookupAll;
  timeout?: number;
}

/** A fetch that cannot be led into our own network. */
export function createFetchPage(limits: FetchLimits = {}): FetchPage {
  const { mayConnect = isPublicAddress, lookup, timeout = TIMEOUT } = limits;
  const hook = guardLookup(mayConnect, lookup);
  return async (address) => {
    const signal = AbortSignal.timeout(timeout);
    try {
      return await follow(address, { mayConnect, hook, signal });
    } catch (error) {
      return { ok: false, reason: describeFailure(error, signal, timeout) };
    }
  };
}

interface Guard {
  mayConnect: MayConnect;
  hook: LookupFunction;
  signal: AbortSignal;
}

async function follow(address: string, guard: Guard): Promise<FetchedPage> {
  let url = URL.parse(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
      return { ok: false, reason: 'it is no http or https address' };
    }
    const response = await open(url, guard);
    const { statusCode: status = 0, headers } = response;
    const leads = status >= 300 && status < 400 && headers.location !== undefined;
    if (!leads) return { ok: true, status, text: await readText(response) };
    response.destroy();
    const next: URL | null = URL.parse(headers.location ?? '', url);
    if (!next || next.hostname !== url.hostname) return { ok: false, reason: 'it redirects to another host' };
    if (!mayRedirect(url, next)) return { ok: false, reason: 'it redirects to http, or to another port' };
    url = next;
  }
  return { ok: false, reason: 'it redirects again and again' };
}

function open(url: URL, { mayConnect, hook, signal }: Guard): Promise<IncomingMessage> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  // No lookup is made of an address that needs none.
  if (isIP(literal) !== 0 && !mayConnect(literal)) return Promise.reject(new PrivateAddress());
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = { 'user-agent': 'Refledger', accept: '*/*', 'accept-encoding': 'identity' };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, auth: '', headers, lookup: hook, signal }, resolve);
    asked.on('error', reject).end();
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}

function describeFailure(error: unknown, signal: AbortSignal, timeout: number): string {
  if (error instanceof PrivateAddress) return error.message;
  if (signal.aborted) return `it did not answer within ${timeout / 1_000} s`;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name was not found';
  return /CERT|SSL|TLS|SIGNED|ALTNAME/.test(code) ? 'its certificate is not valid' : 'the connection failed';
}

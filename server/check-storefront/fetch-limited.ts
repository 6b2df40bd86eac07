const SECONDS = 10;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const USER_AGENT = 'refledger-check-storefront';

/** What an address answered in the end. */
export interface Fetched {
  /** Where it was found, after redirects. */
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

/** An address that gives no usable answer; the message says why, in words for the owner of the shop. */
export class Unreachable extends Error {}

/**
 * Asks an http or https address: at most 10 seconds for each step, 2 MiB, 5 redirects.
 * @throws Unreachable
 */
export async function fetchLimited(address: string, init: RequestInit = {}): Promise<Fetched> {
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (!/^https?:/.test(url)) throw new Unreachable(`${url} is not an address of http or https.`);
    try {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { 'user-agent': USER_AGENT, ...init.headers },
        signal: AbortSignal.timeout(SECONDS * 1000),
      });
      const target = response.status >= 300 && response.status < 400 && response.headers.get('location');
      if (!target)
        return { url, status: response.status, headers: response.headers, text: await readText(response) };
      await response.body?.cancel();
      url = new URL(target, url).href;
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable(`${url} ${describeFailure(error)}`);
    }
  }
  throw new Unreachable(`${address} redirects more than ${MOST_REDIRECTS} times.`);
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Unreachable(`${response.url} is larger than ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const FAILURES: Record<string, string> = {
  ECONNREFUSED: 'does not answer: nothing listens there.',
  ENOTFOUND: 'does not answer: there is no host of that name.',
  ECONNRESET: 'broke off the connection.',
};

function describeFailure(error: unknown): string {
  if ((error as Error).name === 'TimeoutError') return `did not answer within ${SECONDS} seconds.`;
  const { cause } = error as { cause?: { code?: string; message?: string } };
  const code = cause?.code ?? '';
  return FAILURES[code] ?? `cannot be read: ${cause?.message ?? (error as Error).message} ${code}`.trim();
}

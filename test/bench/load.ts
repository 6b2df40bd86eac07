// A cheap client: requests are made beforehand, so that a round measures the server and not who asks it.
import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';
/** How often requests of a steady stream are handed out. Milliseconds. */
const TICK = 5;

export interface Answered {
  status: string;
  /** Head and body. */
  text: string;
  /** Until the whole answer was there, since it was asked or due. */
  milliseconds: number;
}

/** The bytes of a request. */
export function aRequest(start: string, headers: Record<string, string>, body = ''): Buffer {
  const all = { Host: 'localhost', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`${start} HTTP/1.1`, ...head].join('\r\n') + END_OF_HEAD + body);
}

/** The slowest of a hundred, in milliseconds. */
export function p99(answers: readonly Answered[]): number {
  const waits = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return waits[Math.floor(waits.length * 0.99)] ?? NaN;
}

/** Sends requests over so many keep-alive connections, one after the other on each; resolves after the last answer. */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  clients: number,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    const client = await openClient(port);
    for (let request = requests[next++]; request; request = requests[next++]) {
      answers.push(await client.ask(request));
    }
    client.close();
  };
  await Promise.all(Array.from({ length: clients }, one));
  return answers;
}

/**
 * Sends so many requests a second, whether or not the ones before were answered, each over a connection that waits
 * for no other answer; resolves after the last answer, with the seconds from the first request until then.
 * @param connections opened beforehand; when all of them wait, requests wait as well
 */
export async function sendSteadily(
  port: number,
  requests: readonly Buffer[],
  { perSecond, connections }: { perSecond: number; connections: number },
): Promise<{ answers: Answered[]; seconds: number }> {
  const idle: Client[] = [];
  for (let opened = 0; opened < connections; opened += 1) idle.push(await openClient(port));
  const all = [...idle];
  const answers: Promise<Answered>[] = [];
  const start = performance.now();
  while (answers.length < requests.length) {
    const due = Math.min(requests.length, ((performance.now() - start) / 1_000) * perSecond);
    while (answers.length < due && idle.length > 0) {
      const client = idle.pop() as Client;
      const wasDue = start + (answers.length / perSecond) * 1_000;
      const asked = client.ask(requests[answers.length] as Buffer, wasDue);
      answers.push(asked);
      void asked.then(({ status }) => status !== 'lost' && idle.push(client));
    }
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
  const answered = await Promise.all(answers);
  const seconds = (performance.now() - start) / 1_000;
  all.forEach((client) => client.close());
  return { answers: answered, seconds };
}

interface Client {
  /** @param since when it was due, in milliseconds of `performance.now()`; now when left out */
  ask(request: Buffer, since?: number): Promise<Answered>;
  close(): void;
}

async function openClient(port: number): Promise<Client> {
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.setNoDelay(true);
  let text = '';
  let isLost = false;
  let answer: ((status: string) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (isWhole(text)) answer?.(text.slice(9, 12));
  });
  const lost = (): void => {
    isLost = true;
    answer?.('lost');
  };
  socket.on('error', lost).on('close', lost);
  return {
    ask(request, since = performance.now()) {
      text = '';
      return new Promise((resolve) => {
        answer = (status) => resolve({ status, text, milliseconds: performance.now() - since });
        if (isLost) lost();
        else socket.write(request);
      });
    },
    close: () => void socket.destroy(),
  };
}

/** Answers have a Content-Length, or no body. */
function isWhole(text: string): boolean {
  const end = text.indexOf(END_OF_HEAD);
  if (end < 0) return false;
  const length = parseInt(/content-length: (\d+)/i.exec(text)?.[1] ?? '0', 10);
  return text.length >= end + END_OF_HEAD.length + length;
}

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { compare, time } from './compare.ts';
import type { BenchShop } from './ingest-server.ts';
import { aPost, postAll, type Posted } from './post-all.ts';

const SERVER = resolve(import.meta.dirname, 'ingest-server.ts');
const EVENTS = 2_000;
const BARE = `require('node:http').createServer((request, response) => {
  request.on('data', () => {}).on('end', () => response.writeHead(202, { 'Content-Length': '0' }).end());
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/**
 * Signed orders, one a request, durable before the answer and with all later stages behind them, against a bare
 * node:http server that reads the same bytes and answers 202. Both are processes of their own.
 */
export async function benchIngest(): Promise<void> {
  const server = fork(SERVER, { execArgv: ['--import', 'tsx'] });
  const [shop] = (await once(server, 'message')) as [BenchShop];
  const bare = spawn(process.execPath, ['-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(bare.stdout, 'data')) as [Buffer];
  const [ours, theirs] = [parseInt(new URL(shop.url).port, 10), parseInt(line.toString(), 10)];
  await postAll(ours, signOrders(shop, 'warm', EVENTS / 2), 16);
  for (const clients of [16, 64]) {
    let round = 0;
    const slowest: Record<string, number[]> = { ours: [], theirs: [] };
    const measure = async (port: number, name: 'ours' | 'theirs'): Promise<number> => {
      const requests = signOrders(shop, `${clients}-${name}-${round++}`, EVENTS);
      let posted: Posted | undefined;
      // What the server still has to do must not slow down the other one.
      server.kill(name === 'ours' ? 'SIGCONT' : 'SIGSTOP');
      const seconds = await time(async () => (posted = await postAll(port, requests, clients)));
      if (posted?.statuses['202'] !== EVENTS) throw new Error(JSON.stringify(posted?.statuses));
      slowest[name]?.push(posted.p99);
      return seconds;
    };
    await compare(
      `${EVENTS} signed orders, ${clients} clients, against a bare POST 202`,
      ['durable ingest', () => measure(ours, 'ours')],
      ['node:http', () => measure(theirs, 'theirs')],
    );
    for (const [name, p99s] of Object.entries(slowest))
      console.log(`  p99 of ${name}, round by round: ${p99s.map((ms) => `${ms.toFixed(1)} ms`).join(', ')}`);
  }
  bare.kill();
  server.kill('SIGCONT');
  server.send('stop');
  await once(server, 'exit');
}

function signOrders({ storeId, eventSecret }: BenchShop, name: string, count: number): Buffer[] {
  const now = new Date();
  const webhook = new Webhook(eventSecret);
  return Array.from({ length: count }, (_, index) => {
    const id = `${name}-${index}`;
    const placed = { createdAt: now.toISOString(), updatedAt: now.toISOString() };
    const order = { id, number: `#${id}`, ...placed, referral: { code: 'anna', source: 'cookie' } };
    const customer = { id: `c-${id}`, email: `${id}@buyers.example` };
    const body = JSON.stringify({ events: [anOrderEvent({ ...order, customer })] });
    const headers = {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, now, body),
    };
    return aPost(`/hooks/v1/events/${storeId}`, headers, body);
  });
}

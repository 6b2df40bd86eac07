import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { median } from './compare.ts';
import { p99, sendAll, sendSteadily, type Answered } from './load.ts';
import type { BenchShop, Listening, Question, Reply } from './shop-server.ts';
import { aRedirect, aSignedOrder, aTouch, many } from './storefront-requests.ts';

const ROUNDS = 5;
/** Rounds of each before those that count: Node.js compiles what is hot as it goes. */
const WARM_UP = 3;
const REQUESTS = 4_000;
const EVENTS = 2_000;
const CLIENTS = 64;
/** Of three times the capacity. */
const SECONDS_OF_FLOOD = 5;
/** More than may wait in the server, each waiting for one answer. */
const CONNECTIONS = 5_000;

/** Who is measured: a server, and the requests of one round. */
interface Contender {
  name: string;
  port: number;
  process: ChildProcess;
  make(round: number): Buffer[];
  expected: string;
}

interface Measured {
  perSecond: number[];
  p99: number[];
}

/**
 * Redirects, touches and signed orders against a bare node:http server, and against what most would write. Each
 * server is a process of its own; all but the one that is measured stand still, so that what a server still has to
 * do slows down nobody else.
 */
export async function benchStorefront(): Promise<void> {
  const ours = start('shop-server.ts');
  const bare = start('bare-server.ts');
  const naive = start('naive-server.ts');
  const processes = [ours, bare, naive];
  const [shops, barePort, naivePort] = (await Promise.all(processes.map(firstMessage))) as [
    Listening,
    number,
    number,
  ];
  const of = (
    name: string,
    process: ChildProcess,
    port: number,
    expected: string,
    make: Contender['make'],
  ) => ({
    ...{ name, process, port, expected, make },
  });
  const { durable, atOnce, port } = shops;

  const redirects = (shop: BenchShop) => (round: number) => many(REQUESTS, (n) => aRedirect(shop, round, n));
  const redirect = await race(`redirects, ${CLIENTS} clients`, processes, [
    of('node:http, 302', bare, barePort, '302', redirects(durable)),
    of('durable click, then 302', ours, port, '302', redirects(durable)),
    of('302 at once', ours, port, '302', redirects(atOnce)),
    of('Express + Model.create', naive, naivePort, '302', redirects({ ...durable, slugs: ['tea'] })),
  ]);
  const touches = (shop: BenchShop) => (round: number) => many(REQUESTS, (n) => aTouch(shop, round, n));
  const touch = await race(`touches, ${CLIENTS} clients`, processes, [
    of('node:http, POST 202', bare, barePort, '202', touches(durable)),
    of('durable touch, then 202', ours, port, '202', touches(durable)),
    of('202 at once', ours, port, '202', touches(atOnce)),
    of('Express + Model.create', naive, naivePort, '202', (round) =>
      many(REQUESTS, (n) => aTouch(durable, round, n, '/clicks')),
    ),
  ]);
  for (const child of processes) child.kill('SIGCONT');
  await flood('touches', ours, port, touch, (n) => aTouch(durable, WARM_UP + ROUNDS, n));
  await flood('redirects', ours, port, redirect, (n) => aRedirect(durable, WARM_UP + ROUNDS + 1, n));
  // Last, because the orders go on being worked at after their answers.
  const orders = (round: number) => many(EVENTS, (n) => aSignedOrder(durable, round, n));
  await race(`signed orders, one a request, ${CLIENTS} clients`, processes, [
    of('node:http, POST 202', bare, barePort, '202', orders),
    of('durable order, then 202', ours, port, '202', orders),
  ]);
  for (const child of processes) child.kill('SIGCONT');
  for (const [name, child] of Object.entries({ 'the product': ours, 'node:http': bare, naive })) {
    console.log(`peak memory of ${name}: ${await peakMemory(child)}`);
  }
  for (const child of processes) {
    child.send('stop');
    await once(child, 'exit');
  }
}

function start(file: string): ChildProcess {
  return fork(resolve(import.meta.dirname, file), { execArgv: ['--import', 'tsx'] });
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown];
  return message;
}

/** Runs all in turn, round by round; prints each one's median, its ratio to the first, and its slowest of a hundred. */
async function race(title: string, processes: ChildProcess[], contenders: Contender[]): Promise<number> {
  const results = contenders.map((): Measured => ({ perSecond: [], p99: [] }));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      for (const child of processes) child.kill(child === contender.process ? 'SIGCONT' : 'SIGSTOP');
      const answers = await measure(contender, round);
      // What was answered at once and is still to be written must not slow down the next.
      if (contender.process === processes[0]) await countStored(contender.process);
      if (round >= WARM_UP) {
        results[index]?.perSecond.push(answers.perSecond);
        results[index]?.p99.push(answers.p99);
      }
    }
  }
  console.log(`\n${title}`);
  const bare = results[0] as Measured;
  for (const [index, { perSecond, p99: slowest }] of results.entries()) {
    const ratio = median(perSecond.map((value, round) => value / (bare.perSecond[round] ?? NaN)));
    const cells = [
      `${Math.round(median(perSecond))} a second`,
      `ratio ${ratio.toFixed(2)}`,
      `p99 ${median(slowest).toFixed(1)} ms`,
    ];
    console.log(`  ${contenders[index]?.name}: ${cells.join(', ')}`);
  }
  return median(results[1]?.perSecond ?? []);
}

async function measure(
  { name, port, make, expected }: Contender,
  round: number,
): Promise<{ perSecond: number; p99: number }> {
  const requests = make(round);
  const begin = performance.now();
  const answers = await sendAll(port, requests, CLIENTS);
  const seconds = (performance.now() - begin) / 1_000;
  const wrong = answers.find(({ status }) => status !== expected);
  if (wrong) throw new Error(`${name} answered ${wrong.text.slice(0, 400)}`);
  return { perSecond: answers.length / seconds, p99: p99(answers) };
}

/** Three times what the server can: what is acknowledged is in the database, and afterwards all is as before. */
async function flood(
  name: string,
  server: ChildProcess,
  port: number,
  capacity: number,
  make: (number: number) => Buffer,
): Promise<void> {
  const perSecond = Math.round(capacity * 3);
  const requests = many(perSecond * SECONDS_OF_FLOOD, make);
  const storedBefore = await countStored(server);
  const { answers, seconds } = await sendSteadily(port, requests, { perSecond, connections: CONNECTIONS });
  const kept = answers.filter(isKept);
  const refused = answers.filter((answer) => !isKept(answer) && answer.status !== 'lost');
  const lost = answers.length - kept.length - refused.length;
  console.log(`\n${perSecond} ${name} a second for ${SECONDS_OF_FLOOD} s, three times the capacity`);
  console.log(`  kept: ${kept.length}, p99 ${p99(kept).toFixed(0)} ms`);
  console.log(`  refused: ${refused.length}, p99 ${p99(refused).toFixed(0)} ms; ${describe(refused)}`);
  console.log(`  without an answer: ${lost}; the last answer came after ${seconds.toFixed(1)} s`);
  const stored = (await countStored(server)) - storedBefore;
  const touchIds = kept.flatMap(({ text }) => /"touchId":"([^"]+)"/.exec(text)?.[1] ?? []);
  const found = await countStored(server, touchIds);
  console.log(`  new touches in the database: ${stored}; of ${touchIds.length} that were named, ${found}`);
  const requestsAfter = many(REQUESTS, (n) => make(requests.length + n));
  const beginAfter = performance.now();
  const after = await sendAll(port, requestsAfter, CLIENTS);
  const rate = after.length / ((performance.now() - beginAfter) / 1_000);
  const kinds = `${Math.round(rate)} a second (before: ${Math.round(capacity)}), p99 ${p99(after).toFixed(1)} ms`;
  console.log(`  afterwards: ${kinds}, refused ${after.filter((answer) => !isKept(answer)).length}`);
}

const isKept = ({ status, text }: Answered): boolean =>
  status === '202' || (status === '302' && !/^x-refledger-click: not-kept/im.test(text));

function describe(refused: readonly Answered[]): string {
  const kinds = new Set(
    refused.map(({ status, text }) => {
      const header = /^(retry-after|x-refledger-click): .*$/im.exec(text)?.[0] ?? 'no header';
      return `${status} with ${header}`;
    }),
  );
  return [...kinds].join('; ') || 'nothing';
}

/** Touches in the database: all, or those of some ids. */
async function countStored(server: ChildProcess, touchIds?: string[]): Promise<number> {
  server.send({ ...(touchIds && { touchIds }) } satisfies Question);
  return ((await firstMessage(server)) as Reply).stored;
}

const PEAK = /VmHWM:\s+(\d+) kB/;

/** Where the kernel tells it. */
async function peakMemory({ pid }: ChildProcess): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kibibytes] = PEAK.exec(status) ?? [];
  return kibibytes === undefined ? 'not told here' : `${Math.round(parseInt(kibibytes, 10) / 1024)} MiB`;
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sendAll } from './load.ts';
import type { Listening } from './shop-server.ts';
import { aRedirect, aSignedOrder, aTouch, many } from './storefront-requests.ts';

const ROUNDS = 8;
const REQUESTS = 4_000;
const EVENTS = 1_000;
const CLIENTS = 64;
/** Of the time; what is before it warms up. */
const COUNTED_FROM = 0.4;

/** What the kinds of work are called, by the file of a function or by its name where it has none; the first fits. */
const KINDS: [name: string, place: RegExp][] = [
  ['garbage', /^\(garbage/],
  [
    'the socket to the store, and writing answers',
    /^(writeBuffer|writev|writeLatin1String|writeUtf8String)\b/,
  ],
  ['mongoose', /node_modules\/(mongoose|mquery|kareem)\//],
  ['driver and BSON', /node_modules\/(mongodb|bson)\//],
  ['embedded store: values', /embedded\/values\//],
  ['embedded store: indexes', /embedded\/indexes\//],
  ['embedded store: commands, queries, updates', /embedded\/(commands|query|update|aggregate|wire)\//],
  ['embedded store: collections and log', /embedded\/storage\//],
  ['our code ahead of Express', /server\/platform\/http\//],
  ['our code: ingest', /server\/flow\/ingest\//],
  ['our code: later stages', /server\/flow\//],
  ['our code: the rest', /\/server\//],
  ['checks of shapes (zod)', /node_modules\/zod\//],
  ['hashes and random numbers', /internal\/crypto\//],
  [
    'node:http and sockets',
    /node:(_http|net|internal\/(stream|http)|events|buffer|internal\/(timers|process|buffer))/,
  ],
];

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
  startTime: number;
  endTime: number;
}

/** Where the processor's time goes, thread by thread: a server for each kind of request, under a profiler. */
export async function profileStorefront(): Promise<void> {
  const kinds: Record<string, (shops: Listening, round: number) => Buffer[]> = {
    'redirects, durable': ({ durable }, round) => many(REQUESTS, (n) => aRedirect(durable, round, n)),
    'redirects at once': ({ atOnce }, round) => many(REQUESTS, (n) => aRedirect(atOnce, round, n)),
    'touches, durable': ({ durable }, round) => many(REQUESTS, (n) => aTouch(durable, round, n)),
    'signed orders': ({ durable }, round) => many(EVENTS, (n) => aSignedOrder(durable, round, n)),
  };
  for (const [title, make] of Object.entries(kinds)) {
    const dir = await mkdtemp(join(tmpdir(), 'refledger-profile-'));
    const server = fork(resolve(import.meta.dirname, 'shop-server.ts'), {
      execArgv: ['--import', 'tsx', '--cpu-prof', `--cpu-prof-dir=${dir}`],
    });
    const [shops] = (await once(server, 'message')) as [Listening];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sendAll(shops.port, make(shops, round), CLIENTS);
    }
    server.send('stop');
    await once(server, 'exit');
    console.log(`\n${title}`);
    for (const name of await readdir(dir)) {
      print(JSON.parse(await readFile(join(dir, name), 'utf8')) as Profile);
    }
    await rm(dir, { recursive: true, force: true });
  }
}

/** One thread's shares; threads that did nothing are left out. */
function print({ nodes, samples, timeDeltas, startTime, endTime }: Profile): void {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const from = startTime + COUNTED_FROM * (endTime - startTime);
  const shares = new Map<string, number>();
  let [now, busy, idle] = [startTime, 0, 0];
  for (const [index, sample] of samples.entries()) {
    const took = timeDeltas[index] ?? 0;
    now += took;
    const frame = frames.get(sample);
    if (now < from || !frame) continue;
    if (frame.functionName === '(idle)') idle += took;
    else {
      busy += took;
      const name = nameKind(frame);
      shares.set(name, (shares.get(name) ?? 0) + took);
    }
  }
  const isStore = nodes.some(({ callFrame: { url } }) => url.includes('embedded/storage'));
  const isServer = nodes.some(({ callFrame: { url } }) => url.includes('http/ahead'));
  if (!isStore && !isServer) return;
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / whole).toFixed(0).padStart(3)} %`;
  console.log(
    `  ${isServer ? 'server' : 'store'}: at work ${percent(busy, busy + idle)} of the time; of that`,
  );
  for (const [name, took] of [...shares].sort((a, b) => b[1] - a[1])) {
    if (took > busy / 100) console.log(`    ${percent(took, busy)}  ${name}`);
  }
}

function nameKind({ functionName, url }: { functionName: string; url: string }): string {
  const place = url === '' ? functionName : url;
  return KINDS.find(([, pattern]) => pattern.test(place))?.[0] ?? 'the rest';
}

import { readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'bson';
import { expect } from 'chai';
import { pino } from 'pino';
import { printTrialBalance, rebuildBalances, verifyBooks } from '../../../../server/check-books.ts';
import { composeServer } from '../../../../server/compose.ts';
import { readConfig } from '../../../../server/config.ts';
import { decodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import { connectMongo, createPendingEventStore } from '../../../../server/platform/mongo/index.ts';
import { replayDecisions } from '../../../../server/replay-decisions.ts';
import { listApiRoutes, readApiDocument } from '../../../api/api-document.ts';
import { fillPath, newBody } from '../../../api/api-samples.ts';
import { apiThings, commissionFor, issueStatements, openSellingShops } from '../../../api/api-things.ts';
import type { TestServer } from '../../../support/a-server.ts';
import { call, type Shop } from '../../../support/a-shop.ts';
import { aWillingStoreApi } from '../../../support/a-store-api.ts';
import { anEmptyInternet } from '../../../support/an-internet.ts';
import { sharedFixtures } from '../../../support/requires.ts';
import { namesInCommand } from './names-in-command.ts';
import { recordedScenarios } from './recorded-scenarios.ts';
import type { RecordingStore } from './recording-store.ts';
import { startRecordingStore } from './recording-store.ts';
import { temporaryFolder } from './temporary-store.ts';

const SERVER = join(import.meta.dirname, '../../../../server');
const silent = (): void => undefined;

describe('What the product sends to its database', function () {
  this.timeout(180_000);
  let store: RecordingStore;
  let sent: Set<string>;

  before(async () => {
    store = await startRecordingStore();
    const config = readConfig({ DATA_DIR: await temporaryFolder(), MONGODB_URI: store.uri, PORT: '0' });
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const server = await composeServer({
      config,
      clock: () => clock.now,
      log: pino({ level: 'silent' }),
      outgoing: anEmptyInternet(),
      storeApi: aWillingStoreApi(),
    });
    const stop = (): Promise<void> => server.stop();
    await useEverything({ server, url: server.url, clock, stop }).finally(stop);
    await printTrialBalance(config, silent);
    await verifyBooks(config, silent);
    await rebuildBalances(config, silent);
    await replayDecisions(config, { settings: [], json: false }, silent);
    await postponeAnEvent(store.uri);
    await rm(config.dataDir, { recursive: true });
    sent = new Set(store.commands.flatMap(namesInCommand));
  });

  after(() => store.remove());

  it('is served by the embedded store, all of it', () => {
    expect(store.refusals).to.deep.equal([]);
  });

  it('was sent here with every operator that its code names', () => {
    const dollars = new Set([...sent].map((name) => name.split(' ').at(-1)));
    expect(operatorsInCode().filter((name) => !dollars.has(name))).to.deep.equal([]);
  });

  it('is printed here as far as no recorded scenario covers it', function () {
    if (sharedFixtures() === undefined) this.skip();
    const steps = recordedScenarios().flatMap((scenario) => scenario.steps);
    const covered = new Set(steps.flatMap(({ send }) => namesInCommand(decodeDocument(serialize(send)))));
    const uncovered = [...sent].filter((name) => !covered.has(name)).sort();
    console.log(`      sent by the product: ${sent.size} names, ${sent.size - uncovered.length} of them in recorded scenarios`); // prettier-ignore
    console.log(`      not recorded: ${uncovered.join(', ')}`);
    expect(sent).to.include.keys('command insert', 'filter $in', 'update $push', 'stage $group');
  });
});

/** Sales, statements, each route of the API with one of everything, and a second page of each list. */
async function useEverything(at: TestServer): Promise<void> {
  const [shop] = (await openSellingShops(at, 1)) as [Shop];
  await issueStatements(at, shop);
  const thingsToRead = await apiThings(at, shop);
  for (const route of listApiRoutes(await readApiDocument(at))) {
    const status = route.path.endsWith('/reject') ? 'applied' : undefined;
    const isDecision = /\/commissions\/|confirm-removal/.test(route.path) && route.method === 'post';
    const things = {
      ...(route.method === 'get' ? thingsToRead : await apiThings(at, shop, status)),
      ...(isDecision && (await commissionFor(at, shop, route.path))),
    };
    const path = fillPath(route.path, things);
    const page = route.query.includes('cursor') ? `${path}?limit=1` : path;
    const body = route.body && newBody(route, things);
    const answer = await shop.api(route.method.toUpperCase(), page, body, { 'idempotency-key': path });
    expect(answer.status, path).to.be.lessThan(500);
    if (answer.body.nextCursor) await shop.api('GET', `${page}&cursor=${answer.body.nextCursor}`);
  }
  const { merchantId, affiliates } = shop;
  const signIn = { ip: '192.0.2.7', visitorKey: 'visitor-of-anna' };
  await at.server.parts.affiliates.noteSignIn(merchantId, affiliates.anna, signIn);
  await at.server.parts.jobs.runNow('release-due');
  await call(at, 'GET', '/health/ready');
  await at.server.idle();
}

/** What a receiver's failure leads to. */
async function postponeAnEvent(uri: string): Promise<void> {
  const connection = await connectMongo(uri);
  const events = createPendingEventStore(connection, 'orders');
  await events.postpone('order', 'event', new Date(0)).finally(() => connection.close());
}

/** Every `$name:` in the product's own code. */
function operatorsInCode(): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' });
  const ours = files.filter((file) => file.endsWith('.ts') && !file.includes('embedded'));
  const names = ours.flatMap((file) => [
    ...readFileSync(join(SERVER, file), 'utf8').matchAll(/(\$[a-z]\w*)['"]?\s*:/gi),
  ]);
  return [...new Set(names.map(([, name = '']) => name))];
}

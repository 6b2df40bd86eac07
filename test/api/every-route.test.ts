import { expect } from 'chai';
import { newId } from '../../server/shared/ids.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { call, type Answer, type Shop } from '../support/a-shop.ts';
import { listApiRoutes, nameOf, readApiDocument, type ApiRoute } from './api-document.ts';
import { fillPath, sampleBody } from './api-samples.ts';
import {
  apiThings,
  BUYER,
  callersOf,
  issueStatements,
  openSellingShops,
  type ApiThings,
} from './api-things.ts';
import { createAnswerCheck } from './check-answer.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

describe('two merchants on one server', () => {
  let at: WatchedServer;
  let routes: ApiRoute[];
  let check: ReturnType<typeof createAnswerCheck>;
  let us: Shop;
  let ours: ApiThings;
  let them: Shop;
  let theirs: ApiThings;
  let callFor: Awaited<ReturnType<typeof callersOf>>;
  before(async () => {
    at = await startWatchedServer();
    const document = await readApiDocument(at);
    routes = listApiRoutes(document).filter(({ caller }) => caller !== 'anybody');
    check = createAnswerCheck(document);
    [us, them] = (await openSellingShops(at, 2)) as [Shop, Shop];
    for (const shop of [us, them]) await issueStatements(at, shop);
    ours = await apiThings(at, us);
    theirs = await apiThings(at, them);
    callFor = await callersOf(at, them);
  });
  after(() => at.stop());

  /** Calls as them; every answer has the form that the document promises. */
  async function callAsThem(route: ApiRoute, path: string, body?: object): Promise<Answer> {
    const answer = await callFor(route, path, body);
    expect(check(route, answer)).to.deep.equal([]);
    return answer;
  }
  const bodyFor = (route: ApiRoute, things: ApiThings) => route.body && sampleBody(route.body, things);
  const reading = () => routes.filter(({ method }) => method === 'get');
  const ourData = () => at.dump(us.merchantId);
  const unknown = (): ApiThings => ({ ...theirs, ...mapIds(ours, newId()) });
  const secretsOf = (shop: Shop, things: ApiThings): string[] => [
    shop.merchantId,
    ...Object.values(mapIds(things)),
    ...Object.values(shop.affiliates),
    ...Object.values(shop.stores).flatMap(({ id, storeKey }) => [id, storeKey]),
  ];

  it('are refused everywhere without signing in', async () => {
    expect(routes.length).to.be.greaterThan(40);
    for (const route of routes) {
      const answer = await call(
        at,
        route.method.toUpperCase(),
        fillPath(route.path, ours),
        bodyFor(route, ours),
      );
      expect([answer.status, check(route, answer)], nameOf(route)).to.deep.equal([401, []]);
    }
  });

  it('each read their own', async () => {
    for (const route of reading()) {
      const answer = await callAsThem(route, fillPath(route.path, theirs));
      expect(answer.status, `${nameOf(route)} ${JSON.stringify(answer.body)}`).to.equal(200);
    }
  });

  it('find nothing of each other by id: it looks as if it were not there', async () => {
    const before = await ourData();
    for (const route of routes.filter(({ path }) => path.includes('{'))) {
      const foreign = await callAsThem(route, fillPath(route.path, ours), bodyFor(route, theirs));
      const missing = await callAsThem(route, fillPath(route.path, unknown()), bodyFor(route, theirs));
      expect(foreign.status, `${nameOf(route)} ${JSON.stringify(foreign.body)}`).to.equal(404);
      expect(withoutRequestId(foreign), nameOf(route)).to.deep.equal(withoutRequestId(missing));
    }
    expect(await ourData()).to.equal(before);
  });

  it("cannot use each other's things in what they write", async () => {
    const before = await ourData();
    const naming = routes.filter((route) => Object.keys(route.body?.properties ?? {}).some(isIdField));
    expect(naming.length).to.be.greaterThan(3);
    for (const route of naming) {
      const path = fillPath(route.path, theirs);
      const foreign = await callAsThem(route, path, bodyFor(route, { ...ours, targetUrl: theirs.targetUrl }));
      const missing = await callAsThem(route, path, bodyFor(route, unknown()));
      expect(foreign.status, `${nameOf(route)} ${JSON.stringify(foreign.body)}`).to.be.oneOf([404, 422]);
      expect(withoutRequestId(foreign), nameOf(route)).to.deep.equal(withoutRequestId(missing));
    }
    expect(await ourData()).to.equal(before);
  });

  it('see nothing of each other in what they read', async () => {
    for (const route of reading()) {
      const text = JSON.stringify((await callAsThem(route, fillPath(route.path, theirs))).body);
      for (const secret of secretsOf(us, ours)) expect(text, nameOf(route)).to.not.include(secret);
    }
  });

  it('are shown neither the buyer nor a secret of the shop', async () => {
    const secrets = Object.values(them.stores).flatMap(({ webhookSecret, eventSecret }) => [
      webhookSecret,
      eventSecret,
    ]);
    for (const route of reading()) {
      const text = JSON.stringify((await callAsThem(route, fillPath(route.path, theirs))).body);
      for (const hidden of [...Object.values(BUYER), ...secrets, them.password]) {
        expect(text, nameOf(route)).to.not.include(hidden);
      }
    }
  });

  it("find nothing by a filter that names each other's things", async () => {
    const filtering = reading().filter(({ query }) => query.some(isIdField));
    expect(filtering.length).to.be.greaterThan(4);
    for (const route of filtering) {
      for (const name of route.query.filter(isIdField)) {
        const id = name === 'affiliateId' ? us.affiliates.ben : fillPath(`{${name}}`, ours);
        const { body } = await callAsThem(route, `${fillPath(route.path, theirs)}?${name}=${id}`);
        expect(body.items, `${nameOf(route)}?${name}`).to.deep.equal([]);
      }
    }
  });

  it("cannot lead links to each other's shops", async () => {
    const link = { programId: theirs.programs, affiliateId: theirs.affiliates, targetUrl: ours.targetUrl };
    const { status, body } = await them.api('POST', '/api/v1/links', link);
    expect([status, body.error.issues[0].path]).to.deep.equal([400, 'targetUrl']);
  });

  it("cannot credit an order by a visit to each other's shop", async () => {
    const { touchId, visitorKey } = await us.touch('anna');
    const times = { createdAt: at.clock.now.toISOString(), updatedAt: at.clock.now.toISOString() };
    const referral = { touchId, visitorKey, source: 'cookie' };
    await them.sendEvents([anOrderEvent({ id: 'foreign-touch', referral, ...times })]);
    const { items: orders } = (await them.api('GET', '/api/v1/orders?limit=200')).body;
    const order = orders.find(({ externalId }: { externalId: string }) => externalId === 'foreign-touch');
    const { body } = await them.api('GET', `/api/v1/orders/${order.id}/attribution`);
    expect([body.items[0].winner, body.items[0].losers]).to.deep.equal([null, []]);
  });
});

describe('two merchants who like the same names', () => {
  let at: WatchedServer;
  before(async () => {
    at = await startWatchedServer();
  });
  after(() => at.stop());

  it('may each have their own affiliate, programme, code and coupon of the same name', async () => {
    for (const shop of await openSellingShops(at, 2)) {
      const names = async (kind: string, field: string) =>
        (await shop.api('GET', `/api/v1/${kind}`)).body.items.map((item: any) => item[field]).toSorted();
      expect(await names('affiliates', 'name')).to.deep.equal(['Anna', 'Ben']);
      expect(await names('programs', 'name')).to.deep.equal(['Partners']);
      expect(await names('coupons', 'code')).to.deep.equal(['anna10', 'ben10']);
      expect(await names(`programs/${shop.programId}/memberships`, 'code')).to.deep.equal(['anna', 'ben']);
    }
  });
});

const isIdField = (name: string): boolean => name.endsWith('Id');

/** What among the things is no id. */
const FACTS = ['email', 'password', 'refreshToken', 'period', 'targetUrl'];

/** The ids among the things, or `id` in the place of each. */
function mapIds(things: ApiThings, id?: string): Partial<ApiThings> {
  const ids = Object.entries(things).filter(([kind]) => !FACTS.includes(kind));
  return Object.fromEntries(ids.map(([kind, own]) => [kind, id ?? own]));
}

function withoutRequestId(answer: Answer): object {
  return { ...(answer.body as { error: object }).error, requestId: null };
}

import { expect } from 'chai';
import type { Shop } from '../support/a-shop.ts';
import { anAffiliate } from '../support/an-affiliate.ts';
import { listApiRoutes, nameOf, readApiDocument, type ApiRoute } from './api-document.ts';
import { fillPath, sampleBody } from './api-samples.ts';
import { apiThings, BUYER, issueStatements, openSellingShops, type ApiThings } from './api-things.ts';
import { createAnswerCheck } from './check-answer.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

describe('two affiliates of one merchant', () => {
  let at: WatchedServer;
  let shop: Shop;
  let things: ApiThings;
  let routes: ApiRoute[];
  let anna: Shop['api'];
  let ben: Shop['api'];
  let check: ReturnType<typeof createAnswerCheck>;
  before(async () => {
    at = await startWatchedServer();
    const document = await readApiDocument(at);
    routes = listApiRoutes(document);
    check = createAnswerCheck(document);
    [shop] = (await openSellingShops(at, 1)) as [Shop];
    await issueStatements(at, shop);
    things = await apiThings(at, shop);
    anna = await anAffiliate(at, shop, shop.affiliates.anna);
    ben = await anAffiliate(at, shop, shop.affiliates.ben);
    for (const api of [anna, ben]) await api('GET', '/api/v1/affiliate/balances');
  });
  after(() => at.stop());

  const routesOf = (caller: ApiRoute['caller']) => routes.filter((route) => route.caller === caller);
  const callAs = async (api: Shop['api'], route: ApiRoute, query = '') => {
    const body = route.body && sampleBody(route.body, things);
    const answer = await api(route.method.toUpperCase(), fillPath(route.path, things) + query, body);
    expect(check(route, answer)).to.deep.equal([]);
    return answer;
  };

  it('call what is below /api/v1/affiliate, and nothing else is for them', () => {
    const own = routesOf('affiliate');
    expect(own.length).to.be.greaterThan(2);
    for (const { path } of own) expect(path).to.match(/^\/api\/v1\/affiliate\//);
    const others = routes.filter((route) => !own.includes(route));
    for (const { path } of others) expect(path).to.not.match(/^\/api\/v1\/affiliate\//);
  });

  it("are refused on every route of the merchant's, and the merchant on every one of theirs", async () => {
    const before = await at.dump();
    expect(routesOf('merchant').length).to.be.greaterThan(40);
    for (const caller of ['merchant', 'affiliate'] as const) {
      for (const route of routesOf(caller)) {
        const { status, body } = await callAs(caller === 'merchant' ? anna : shop.api, route);
        expect([status, body.error?.code], nameOf(route)).to.deep.equal([403, 'forbidden']);
      }
    }
    expect(await at.dump()).to.equal(before);
  });

  it("find what is Anna's by Anna's key alone, wherever an id names it", async () => {
    const naming = routesOf('affiliate').filter(({ path }) => path.includes('{'));
    expect(naming).to.not.deep.equal([]);
    for (const route of naming) {
      const statuses = [(await callAs(anna, route)).status, (await callAs(ben, route)).status];
      expect(statuses, nameOf(route)).to.deep.equal([200, 404]);
    }
  });

  it('have no item in common in any list, by no filter, and see each something', async () => {
    const lists = routesOf('affiliate').filter(({ query }) => query.includes('cursor'));
    expect(lists.length).to.be.greaterThan(1);
    for (const route of lists) {
      const [hers, his] = [(await callAs(anna, route)).body.items, (await callAs(ben, route)).body.items];
      expect([hers.length > 0, his.length > 0], nameOf(route)).to.deep.equal([true, true]);
      const seen = new Set(hers.map((item: object) => JSON.stringify(item)));
      const common = his.filter((item: { id?: string }) => item.id && seen.has(JSON.stringify(item)));
      expect(common, nameOf(route)).to.deep.equal([]);
      for (const name of route.query.filter((each) => each.endsWith('Id'))) {
        const filtered = await callAs(ben, route, `?${name}=${fillPath(`{${name}}`, things)}`);
        expect(JSON.stringify(filtered.body), `${nameOf(route)}?${name}`).to.not.include(
          shop.affiliates.anna,
        );
      }
    }
  });

  it('are shown neither the buyer, nor the other, nor who works for the merchant', async () => {
    const { staff } = (await shop.api('GET', '/api/v1/me')).body;
    for (const route of routesOf('affiliate').filter(({ method }) => method === 'get')) {
      const text = JSON.stringify((await callAs(anna, route)).body);
      for (const hidden of [...Object.values(BUYER), shop.affiliates.ben, staff.id, staff.email]) {
        expect(text, nameOf(route)).to.not.include(hidden);
      }
    }
  });
});

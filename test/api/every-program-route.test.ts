import { expect } from 'chai';
import { API_SCOPES } from '../../server/shared/api-scopes.ts';
import { aProgram } from '../support/a-program.ts';
import type { Answer, Shop } from '../support/a-shop.ts';
import { listApiRoutes, nameOf, readApiDocument, type ApiRoute } from './api-document.ts';
import { fillPath, sampleBody } from './api-samples.ts';
import { apiThings, issueStatements, openSellingShops, type ApiThings } from './api-things.ts';
import { createAnswerCheck } from './check-answer.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

describe("the programs of two merchants, each with an API key of the merchant's", () => {
  let at: WatchedServer;
  let us: Shop;
  let ours: ApiThings;
  let theirs: ApiThings;
  let routes: ApiRoute[];
  let check: ReturnType<typeof createAnswerCheck>;
  const programs = new Map<string, Shop['api']>();
  before(async () => {
    at = await startWatchedServer();
    const document = await readApiDocument(at);
    routes = listApiRoutes(document).filter(({ caller }) => caller !== 'anybody');
    check = createAnswerCheck(document);
    const shops = (await openSellingShops(at, 2)) as [Shop, Shop];
    for (const shop of shops) await issueStatements(at, shop);
    us = shops[0];
    ours = await apiThings(at, us);
    theirs = await apiThings(at, shops[1]);
    for (const scope of API_SCOPES) programs.set(scope, await aProgram(at, us, [scope]));
    // The day of a key's use is written once.
    for (const program of programs.values()) await program('GET', '/api/v1/orders');
  });
  after(() => at.stop());

  async function callAs(scope: string, route: ApiRoute, things: ApiThings): Promise<Answer> {
    const body = route.body && sampleBody(route.body, things);
    const answer = await programs.get(scope)!(route.method.toUpperCase(), fillPath(route.path, things), body);
    expect(check(route, answer)).to.deep.equal([]);
    return answer;
  }

  it('read orders, commissions, books and statements with the scope `read`, and write nothing', async () => {
    const reading = routes.filter(({ scope }) => scope === 'read');
    expect(reading.length).to.be.greaterThan(10);
    for (const route of reading) {
      expect(route.method, nameOf(route)).to.equal('get');
      expect((await callAs('read', route, ours)).status, nameOf(route)).to.equal(200);
    }
  });

  it('are refused where the key has another scope, and wherever only people may call', async () => {
    const before = await at.dump();
    for (const route of routes) {
      for (const scope of API_SCOPES.filter((each) => each !== route.scope)) {
        const { status, body } = await callAs(scope, route, ours);
        expect([status, body.error?.code], `${scope}: ${nameOf(route)}`).to.deep.equal([403, 'forbidden']);
      }
    }
    expect(await at.dump()).to.equal(before);
  });

  it('find nothing of the other merchant by id', async () => {
    const before = await at.dump();
    const naming = routes.filter(({ path, scope }) => scope !== undefined && path.includes('{'));
    expect(naming.length).to.be.greaterThan(3);
    for (const route of naming) {
      expect((await callAs(route.scope!, route, theirs)).status, nameOf(route)).to.equal(404);
    }
    expect(await at.dump()).to.equal(before);
  });
});

import { expect } from 'chai';
import { newId } from '../../server/shared/ids.ts';
import type { Answer, Shop } from '../support/a-shop.ts';
import { listApiRoutes, nameOf, readApiDocument, type ApiRoute } from './api-document.ts';
import { fillPath, newBody } from './api-samples.ts';
import { apiThings, callersOf, commissionFor, openSellingShops } from './api-things.ts';
import { createAnswerCheck } from './check-answer.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

describe('a write with an Idempotency-Key', function () {
  // Every route of the API twice, each with things of its own; signing in alone costs a tenth of a second.
  this.timeout(180_000);
  let at: WatchedServer;
  let writes: ApiRoute[];
  let shop: Shop;
  let other: Shop;
  let check: ReturnType<typeof createAnswerCheck>;
  let callFor: Awaited<ReturnType<typeof callersOf>>;
  before(async () => {
    at = await startWatchedServer();
    const document = await readApiDocument(at);
    check = createAnswerCheck(document);
    writes = listApiRoutes(document).filter((route) => route.method !== 'get');
    [shop, other] = (await openSellingShops(at, 2)) as [Shop, Shop];
    callFor = await callersOf(at, shop);
  });
  after(() => at.stop());

  /** A call of the route that succeeds, to be made as often as wished. */
  async function prepare(route: ApiRoute): Promise<(key: string, change?: object) => Promise<Answer>> {
    const isDecision = /\/commissions\/|confirm-removal/.test(route.path);
    const status = route.path.endsWith('/reject') ? 'applied' : undefined;
    const things = {
      ...(await apiThings(at, shop, status)),
      ...(isDecision && (await commissionFor(at, shop, route.path))),
    };
    const path = fillPath(route.path, things);
    const body = route.body && newBody(route, things);
    return async (key, change) => {
      const sent = change ? { ...body, ...change } : body;
      const answer = await callFor(route, path, sent, { 'idempotency-key': key });
      expect(check(route, answer)).to.deep.equal([]);
      return answer;
    };
  }

  it('is done once, answered alike, and refused with another body, on every route of the API', async () => {
    expect(writes.length).to.be.greaterThan(20);
    for (const route of writes) {
      const repeat = await prepare(route);
      const key = newId();
      const first = await repeat(key);
      expect(first.status, `${nameOf(route)} ${JSON.stringify(first.body)}`).to.be.within(200, 204);
      expect(first.headers.get('idempotency-hit'), nameOf(route)).to.equal(null);
      const before = await at.dump();
      const second = await repeat(key);
      expect(second.headers.get('idempotency-hit'), nameOf(route)).to.equal('true');
      expect([second.status, second.body], nameOf(route)).to.deep.equal([first.status, first.body]);
      if (route.body) {
        const { status, body } = await repeat(key, { somethingElse: true });
        expect([status, body.error.code], nameOf(route)).to.deep.equal([409, 'idempotency-conflict']);
      }
      expect(await at.dump(), nameOf(route)).to.equal(before);
    }
  });

  it("is not mixed up with another merchant's write under the same key", async () => {
    const headers = { 'idempotency-key': newId() };
    for (const each of [shop, other]) {
      const sent = { name: 'Cleo', email: `cleo@${each.merchantId}.example` };
      const { status, body } = await each.api('POST', '/api/v1/affiliates', sent, headers);
      expect([status, body.email]).to.deep.equal([201, sent.email]);
    }
  });
});

import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import type { Answer, Shop } from '../support/a-shop.ts';
import { listApiRoutes, nameOf, readApiDocument, type ApiRoute } from './api-document.ts';
import { fillPath } from './api-samples.ts';
import {
  apiThings,
  askToCompare,
  callersOf,
  issueStatements,
  openSellingShops,
  type ApiThings,
} from './api-things.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

/** Each is as long as one order's history, or as the accounts of the books, which balance as a whole only. */
const READ_AS_A_WHOLE = ['orders/{id}/versions', 'orders/{id}/attribution', 'ledger/trial-balance'];

describe('a list', () => {
  let at: WatchedServer;
  let lists: ApiRoute[];
  let wholes: ApiRoute[];
  let shop: Shop;
  let things: ApiThings;
  let callFor: (route: ApiRoute, path: string) => Promise<Answer>;
  before(async () => {
    at = await startWatchedServer();
    const routes = listApiRoutes(await readApiDocument(at)).filter((route) =>
      membersOf(route).includes('items'),
    );
    lists = routes.filter((route) => membersOf(route).includes('nextCursor'));
    wholes = routes.filter((route) => !lists.includes(route));
    [shop] = (await openSellingShops(at, 1)) as [Shop];
    callFor = await callersOf(at, shop);
    await sellMore();
    await issueStatements(at, shop);
    things = await apiThings(at, shop);
    await addMember();
  });
  after(() => at.stop());

  /** Orders of nobody's between orders of Anna's, so that there are pages to walk, also of her
   * balances. */
  async function sellMore(): Promise<void> {
    const times = { createdAt: '2026-10-05T10:00:00Z', updatedAt: '2026-10-05T10:00:00Z' };
    const referral = { code: 'anna', source: 'cookie' };
    const orders = Array.from({ length: 8 }, (_, index) => ({
      id: `more-${index}`,
      ...times,
      ...(index % 3 === 0 && { referral }),
      ...(index === 3 && { currency: 'JPY' }),
    }));
    await shop.sendEvents(orders.map((order) => anOrderEvent(order)));
  }

  /** A second of what `apiThings` makes one of in each programme, of links and of API keys. */
  async function addMember(): Promise<void> {
    const { programs, newcomer, targetUrl, affiliates } = things;
    await shop.api('POST', `/api/v1/affiliates/${affiliates}/api-keys`, { name: 'Second' });
    await shop.api('POST', '/api/v1/api-keys', { name: 'Second', scopes: ['read'] });
    await askToCompare(shop, things.openStores);
    await shop.api('POST', `/api/v1/programs/${programs}/memberships`, { affiliateId: newcomer });
    const taking = { programId: programs, affiliateId: newcomer };
    await shop.api('POST', '/api/v1/links', { ...taking, targetUrl });
    await shop.api('POST', '/api/v1/rewrites', { ...taking, targetUrl, slug: 'second-rewrite' });
    await shop.api('POST', '/api/v1/direct-links', { ...taking, site: 'second.example' });
  }

  async function read(
    route: ApiRoute,
    query: string,
  ): Promise<{ items: object[]; nextCursor: string | null }> {
    const { status, body } = await callFor(route, `${fillPath(route.path, things)}?${query}`);
    expect(status, `${nameOf(route)}?${query}`).to.equal(200);
    return body;
  }

  async function walk(route: ApiRoute, limit: number): Promise<object[]> {
    const walked: object[] = [];
    for (let from = ''; ;) {
      const { items, nextCursor } = await read(route, `limit=${limit}${from}`);
      expect(items.length, `items of ${nameOf(route)}?limit=${limit}`).to.be.within(1, limit);
      walked.push(...items);
      if (nextCursor === null) return walked;
      from = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
  }

  it('shows every item exactly once when it is walked in pages, however small, on every route', async () => {
    expect(lists.length).to.be.greaterThan(8);
    for (const route of lists) {
      const { items, nextCursor } = await read(route, 'limit=200');
      expect([items.length > 1, nextCursor], `more than one item in ${nameOf(route)}`).to.deep.equal([
        true,
        null,
      ]);
      expect(new Set(items.map((item) => JSON.stringify(item))).size, nameOf(route)).to.equal(items.length);
      for (const limit of [1, 2]) expect(await walk(route, limit), nameOf(route)).to.deep.equal(items);
    }
  });

  it('has pages, but for what belongs to one order or is read as a whole', () => {
    const named = wholes.map(({ path }) => path.replace('/api/v1/', ''));
    expect(named, 'lists without `limit` and `cursor`').to.have.members(READ_AS_A_WHOLE);
    for (const route of lists) expect(route.query, nameOf(route)).to.include.members(['limit', 'cursor']);
  });

  it('refuses a limit that is none, a cursor that no page gave and a filter that it does not know', async () => {
    const wrong = [
      'limit=0',
      'limit=201',
      'limit=x',
      'cursor=rubbish',
      'cursor=',
      'somethingElse=1',
      'limit=1&limit=2',
    ];
    for (const route of lists) {
      for (const query of wrong) {
        const { status, body } = await callFor(route, `${fillPath(route.path, things)}?${query}`);
        const name = `${nameOf(route)}?${query}`;
        expect([status, body.error?.code], name).to.deep.equal([400, 'invalid-input']);
        expect(body.error.issues, name).to.not.deep.equal([]);
      }
    }
  });
});

/** The members of what a route answers. */
function membersOf({ operation }: ApiRoute): string[] {
  const schema = operation.responses['200']?.content?.['application/json']?.schema;
  return Object.keys(schema?.properties ?? {});
}

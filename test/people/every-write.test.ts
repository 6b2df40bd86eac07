import { expect } from 'chai';
import request, { type Response } from 'supertest';
import { newId } from '../../server/shared/ids.ts';
import {
  anOwner,
  someThings,
  startPeople,
  type Owner,
  type PeopleServer,
  type Things,
} from '../support/people.ts';
import { fillPath, nameOf, readApiRoutes, sampleBody, type ApiRoute } from './api-samples.ts';

describe('a write with an Idempotency-Key', () => {
  let server: PeopleServer;
  let writes: ApiRoute[];
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    writes = (await readApiRoutes(server)).filter((route) => route.method !== 'get');
  });
  after(() => server.stop());

  /** A call of the route that succeeds, to be made as often as wished. */
  async function prepare(route: ApiRoute): Promise<(key: string, change?: object) => Promise<Response>> {
    const things = await someThings(owner, route.path.endsWith('/reject') ? 'applied' : undefined);
    const signedIn = await request(server.app)
      .post('/api/v1/auth/login')
      .send({ email: owner.email, password: owner.password });
    const refreshToken = signedIn.body.refreshToken as string;
    const path = fillPath(route.path, things);
    const body = route.body && writeBody(route, things, { ...owner, refreshToken });
    return (key, change) =>
      request(server.app)
        [route.method](path)
        .set({ ...owner.headers, 'Idempotency-Key': key })
        .send(change ? { ...body, ...change } : body);
  }

  it('is done once and answered alike, on every route of the API', async () => {
    expect(writes.length).to.be.greaterThan(18);
    for (const route of writes) {
      const call = await prepare(route);
      const key = newId();
      const first = await call(key);
      expect(first.status, `${nameOf(route)} ${first.text}`).to.be.within(200, 204);
      expect(first.headers, nameOf(route)).to.not.have.property('idempotency-hit');
      const before = await dumpData(server);
      const second = await call(key);
      expect(second.headers['idempotency-hit'], nameOf(route)).to.equal('true');
      expect([second.status, second.text], nameOf(route)).to.deep.equal([first.status, first.text]);
      expect(await dumpData(server), nameOf(route)).to.equal(before);
    }
  });

  it('is refused with another body under the same key, on every route that takes a body', async () => {
    for (const route of writes.filter((each) => each.body)) {
      const call = await prepare(route);
      const key = newId();
      expect((await call(key)).status, nameOf(route)).to.be.within(200, 204);
      const other = await call(key, { somethingElse: true });
      expect(other.status, nameOf(route)).to.equal(409);
      expect(other.body.error.code, nameOf(route)).to.equal('idempotency-conflict');
    }
  });
});

function writeBody(route: ApiRoute, things: Things, owner: Owner & { refreshToken: string }): object {
  const body = sampleBody(route.body ?? {}, things, owner);
  if (route.path.endsWith('/affiliates')) return { ...body, email: `${newId()}@example.org` };
  if (route.path.endsWith('/memberships')) return { ...body, affiliateId: things.newcomer };
  if (route.path.endsWith('/programs')) return { ...body, name: newId() };
  if (route.path.endsWith('/stores')) return { ...body, domain: `${newId()}.myshopify.com` };
  if (route.path.endsWith('/coupons')) return { ...body, code: newId() };
  return body;
}

async function dumpData(server: PeopleServer): Promise<string> {
  const documents = await Promise.all(
    Object.values(server.connection.models).map((model) => model.find().lean()),
  );
  return JSON.stringify(documents);
}

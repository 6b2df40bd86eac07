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

const UNKNOWN = newId();

describe('two merchants on one server', () => {
  let server: PeopleServer;
  let routes: ApiRoute[];
  let ours: Things;
  let us: Owner;
  let theirs: Things;
  let them: Owner;
  before(async () => {
    server = await startPeople();
    routes = (await readApiRoutes(server)).filter((route) => !route.isPublic);
    us = await anOwner(server, 'Us');
    them = await anOwner(server, 'Them');
    ours = await someThings(us);
    theirs = await someThings(them);
  });
  after(() => server.stop());

  const callAsThem = (route: ApiRoute, path: string, body?: object): Promise<Response> =>
    request(server.app)[route.method](path).set(them.headers).send(body);
  const bodyFor = (route: ApiRoute, things: Things) =>
    route.body && sampleBody(route.body, things, { ...them });
  const named = (route: ApiRoute): boolean => /\{/.test(route.path);
  const ourData = () => dumpMerchant(server, us.merchantId);
  const unknown = () =>
    Object.fromEntries(Object.keys(ours).map((kind) => [kind, UNKNOWN])) as unknown as Things;

  it('are refused everywhere without signing in', async () => {
    expect(routes.length).to.be.greaterThan(25);
    for (const route of routes) {
      const answer = await request(server.app)[route.method](fillPath(route.path, ours)).send({});
      expect(answer.status, nameOf(route)).to.equal(401);
    }
  });

  it('find nothing of each other by id: it looks as if it were not there', async () => {
    const before = await ourData();
    for (const route of routes.filter(named)) {
      const foreign = await callAsThem(route, fillPath(route.path, ours), bodyFor(route, theirs));
      const missing = await callAsThem(route, fillPath(route.path, unknown()), bodyFor(route, theirs));
      expect(foreign.status, `${nameOf(route)} ${foreign.text}`).to.equal(404);
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
      const foreign = await callAsThem(route, path, bodyFor(route, { ...ours, shopUrl: theirs.shopUrl }));
      const missing = await callAsThem(
        route,
        path,
        bodyFor(route, { ...unknown(), shopUrl: theirs.shopUrl }),
      );
      expect(foreign.status, `${nameOf(route)} ${foreign.text}`).to.be.oneOf([404, 422]);
      expect(withoutRequestId(foreign), nameOf(route)).to.deep.equal(withoutRequestId(missing));
    }
    expect(await ourData()).to.equal(before);
  });

  it('see nothing of each other in lists', async () => {
    const ids = Object.values(ours);
    for (const route of routes.filter((each) => each.method === 'get')) {
      const answer = await callAsThem(route, fillPath(route.path, theirs));
      expect(answer.status, nameOf(route)).to.equal(200);
      for (const id of [...ids, us.merchantId]) expect(answer.text, nameOf(route)).to.not.include(id);
    }
  });

  it("cannot lead links to each other's shops", async () => {
    const link = { programId: theirs.programs, affiliateId: theirs.affiliates, targetUrl: ours.shopUrl };
    const answer = await them.post('/links', link);
    expect([answer.status, answer.body.error.issues[0].path]).to.deep.equal([400, 'targetUrl']);
  });
});

describe('two merchants who like the same names', () => {
  let server: PeopleServer;
  before(async () => {
    server = await startPeople();
  });
  after(() => server.stop());

  it('may each have their own affiliate, programme, code and coupon of the same name', async () => {
    for (const name of ['Us', 'Them']) {
      const owner = await anOwner(server, name);
      const affiliate = await owner.post('/affiliates', { name: 'Anna', email: 'anna@example.org' });
      const program = await owner.post('/programs', { name: 'Partners', rules: [] });
      const taking = { programId: program.body.id as string, affiliateId: affiliate.body.id as string };
      const membership = await owner.post(`/programs/${taking.programId}/memberships`, {
        affiliateId: taking.affiliateId,
        code: 'anna',
      });
      const coupon = await owner.post('/coupons', { ...taking, code: 'ANNA10' });
      const statuses = [affiliate, program, membership, coupon].map((answer) => answer.status);
      expect(statuses, name).to.deep.equal([201, 201, 201, 201]);
    }
  });
});

function isIdField(name: string): boolean {
  return name.endsWith('Id');
}

function withoutRequestId(answer: Response): object {
  return { ...(answer.body as { error: object }).error, requestId: null };
}

async function dumpMerchant(server: PeopleServer, merchantId: string): Promise<string> {
  const models = Object.values(server.connection.models);
  const documents = await Promise.all(
    models.map((model) => model.find({ $or: [{ merchantId }, { _id: merchantId }] }).lean()),
  );
  return JSON.stringify(documents);
}

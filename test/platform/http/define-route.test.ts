import { expect } from 'chai';
import request from 'supertest';
import { z } from 'zod';
import { defineRoute, idParams, moment, momentInput, money } from '../../../server/platform/http/index.ts';
import { anApp, AS_AFFILIATE, AS_OWNER, AS_STAFF } from './an-app.ts';

const renameThing = defineRoute({
  method: 'post',
  path: '/things/:id',
  summary: 'Rename a thing',
  access: 'merchant',
  params: idParams,
  query: z.strictObject({ loud: z.stringbool().default(false) }),
  body: z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) }),
  response: z.object({ id: z.string(), name: z.string(), merchantId: z.string() }),
  status: 201,
  handle: ({ caller, params, query, body }) => {
    const name = query.loud ? body.name.toUpperCase() : body.name;
    const thing = { id: params.id, name, merchantId: caller.merchantId, passwordHash: 'never shown' };
    return Promise.resolve(thing);
  },
});

const post = (path: string) =>
  request(anApp({ routes: [renameThing] }).app)
    .post(path)
    .set(AS_OWNER);

describe('a declared route', () => {
  it('gets checked inputs and the caller, and answers with its status', async () => {
    const answer = await post('/things/7?loud=true').send({ name: 'anna' });
    expect(answer.status).to.equal(201);
    expect(answer.body).to.deep.equal({ id: '7', name: 'ANNA', merchantId: 'm-1' });
  });

  it('never answers a member that its schema does not name', async () => {
    const answer = await post('/things/7').send({ name: 'anna' });
    expect(answer.text).to.not.include('never shown');
  });

  it('names everything that is wrong at once, and where', async () => {
    const answer = await post('/things/7?loud=perhaps').send({ name: '', tags: ['a', 5], nmae: 'x' });
    expect(answer.status).to.equal(400);
    expect(answer.body.error.code).to.equal('invalid-input');
    const paths = answer.body.error.issues.map((issue: { path: string }) => issue.path);
    expect(paths).to.have.members(['loud', 'name', 'tags.1', '']);
    expect(answer.text).to.include('nmae');
  });

  it('never repeats the values that were sent', async () => {
    const answer = await post('/things/7').send({ name: ['hunter2'], tags: 'hunter2' });
    expect(answer.status).to.equal(400);
    expect(answer.text).to.not.include('hunter2');
  });

  it('asks for JSON when it gets something else', async () => {
    const answer = await post('/things/7').type('form').send('name=anna');
    expect([answer.status, answer.body.error.code]).to.deep.equal([415, 'unsupported-media-type']);
  });

  it('says that a body is broken JSON', async () => {
    const answer = await post('/things/7').type('json').send('{"name":');
    expect([answer.status, answer.body.error.code]).to.deep.equal([400, 'malformed-body']);
  });

  it('says that a body is too large', async () => {
    const answer = await post('/things/7').send({ name: 'x'.repeat(300_000) });
    expect([answer.status, answer.body.error.code]).to.deep.equal([413, 'body-too-large']);
  });

  it('says that a body is missing by naming its fields', async () => {
    const answer = await post('/things/7');
    expect(answer.body.error.issues.map((issue: { path: string }) => issue.path)).to.deep.equal(['name']);
  });
});

describe('who may call a route', () => {
  const handle = () => Promise.resolve({ ok: true as const });
  const response = z.object({ ok: z.literal(true) });
  const shared = { method: 'get', summary: 'x', response, handle } as const;
  const { app } = anApp({
    routes: [
      defineRoute({ ...shared, path: '/anybody', access: 'public' }),
      defineRoute({ ...shared, path: '/staff', access: 'merchant' }),
      defineRoute({ ...shared, path: '/owner', access: 'owner' }),
      defineRoute({ ...shared, path: '/affiliate', access: 'affiliate' }),
    ],
  });
  const cases: [string, string, Record<string, string>, number][] = [
    ['anybody', '/anybody', {}, 200],
    ['nobody', '/staff', {}, 401],
    ['staff', '/staff', AS_STAFF, 200],
    ['nobody', '/owner', {}, 401],
    ['staff', '/owner', AS_STAFF, 403],
    ['an owner', '/owner', AS_OWNER, 200],
    ['nobody', '/affiliate', {}, 401],
    ['an affiliate', '/affiliate', AS_AFFILIATE, 200],
    ['an owner', '/affiliate', AS_OWNER, 403],
    ['an affiliate', '/staff', AS_AFFILIATE, 403],
    ['an affiliate', '/owner', AS_AFFILIATE, 403],
    ['an affiliate', '/anybody', AS_AFFILIATE, 200],
  ];
  for (const [who, path, headers, status] of cases) {
    it(`answers ${status} to ${who} at ${path}`, async () => {
      expect((await request(app).get(path).set(headers)).status).to.equal(status);
    });
  }

  it("keeps an affiliate's Idempotency-Keys apart from those of the merchant and of other affiliates", async () => {
    const scopes: string[] = [];
    const note = { ...shared, method: 'post' } as const;
    const given = anApp({
      routes: [
        defineRoute({ ...note, path: '/staff', access: 'merchant' }),
        defineRoute({ ...note, path: '/affiliate', access: 'affiliate' }),
      ],
      answerOnce: async ({ merchantId }, run) => {
        scopes.push(merchantId);
        return { ...(await run()), replayed: false };
      },
    });
    const key = { 'Idempotency-Key': 'k' };
    await request(given.app).post('/staff').set(AS_STAFF).set(key);
    await request(given.app).post('/affiliate').set(AS_AFFILIATE).set(key);
    expect(scopes).to.deep.equal(['m-1', 'm-1 a-1']);
  });

  it('refuses a stranger before it reads the body', async () => {
    const route = anApp({ routes: [renameThing] }).app;
    const answer = await request(route).post('/things/7').type('json').send('{"broken');
    expect(answer.status).to.equal(401);
  });
});

describe('values that JSON does not know', () => {
  const route = defineRoute({
    method: 'post',
    path: '/values',
    summary: 'x',
    access: 'public',
    body: z.strictObject({ at: momentInput }),
    response: z.object({ at: moment, small: money, large: money }),
    handle: ({ body }) =>
      Promise.resolve({
        at: body.at,
        small: { amount: -1999n, currency: 'EUR' },
        large: { amount: 9_007_199_254_740_993n, currency: 'VND' },
      }),
  });

  it('are times in ISO 8601 UTC and amounts as exact integers', async () => {
    const answer = await request(anApp({ routes: [route] }).app)
      .post('/values')
      .send({ at: '2026-05-01T14:00:00+02:00' });
    expect(answer.body.at).to.equal('2026-05-01T12:00:00.000Z');
    expect(answer.body.small).to.deep.equal({ amount: -1999, currency: 'EUR' });
    expect(answer.body.large.amount).to.equal('9007199254740993');
  });
});

describe('a route for the pages of shops', () => {
  const route = defineRoute({
    method: 'post',
    path: '/collect',
    summary: 'x',
    access: 'public',
    crossSite: true,
    body: z.strictObject({ code: z.string() }),
    response: z.object({ code: z.string() }),
    status: 202,
    handle: ({ body }) => Promise.resolve(body),
  });
  const { app } = anApp({ routes: [route] });

  it('takes the text/plain of a beacon as JSON', async () => {
    const answer = await request(app).post('/collect').type('text/plain').send('{"code":"anna"}');
    expect([answer.status, answer.body]).to.deep.equal([202, { code: 'anna' }]);
  });

  it('lets pages of other origins call it', async () => {
    const preflight = await request(app).options('/collect').set('Origin', 'https://shop.example');
    expect(preflight.status).to.equal(204);
    const answer = await request(app).post('/collect').send({ code: 'anna' });
    for (const { headers } of [preflight, answer]) {
      expect(headers['access-control-allow-origin']).to.equal('*');
      expect(headers['cross-origin-resource-policy']).to.equal('cross-origin');
    }
  });
});

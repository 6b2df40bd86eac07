import { expect } from 'chai';
import request from 'supertest';
import { z } from 'zod';
import { defineRoute, idParams, pageOf, pageQuery } from '../../../server/platform/http/index.ts';
import { anApp } from './an-app.ts';

describe('the server in operation', () => {
  it('says that it lives and that it is ready', async () => {
    const { app } = anApp();
    expect((await request(app).get('/live')).body).to.deep.equal({ status: 'ok' });
    expect((await request(app).get('/ready')).status).to.equal(200);
  });

  it('lives but is not ready while its database is away, and says when to ask again', async () => {
    const { app } = anApp({ isReady: () => Promise.resolve(false) });
    expect((await request(app).get('/live')).status).to.equal(200);
    const ready = await request(app).get('/ready');
    expect([ready.status, ready.body.error.code]).to.deep.equal([503, 'unavailable']);
    expect(ready.headers['retry-after']).to.match(/^\d+$/);
  });

  it('protects its pages by headers and does not advertise its software', async () => {
    const { headers } = await request(anApp().app).get('/live');
    expect(headers['content-security-policy']).to.include("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['referrer-policy']).to.equal('no-referrer');
    expect(headers).to.not.have.property('x-powered-by');
  });

  it('does not start when two routes claim the same address', () => {
    const route = defineRoute({
      method: 'get',
      path: '/live',
      summary: 'x',
      access: 'public',
      handle: () => Promise.resolve(),
    });
    expect(() => anApp({ routes: [route] })).to.throw('Two routes claim GET /live');
  });
});

describe('the OpenAPI document', () => {
  const listThings = defineRoute({
    method: 'get',
    path: '/api/v1/things/:id/parts',
    summary: 'The parts of a thing',
    access: 'merchant',
    params: idParams,
    query: pageQuery.extend({ colour: z.enum(['red', 'blue']).optional() }),
    response: pageOf(z.object({ id: z.string() })),
    handle: () => Promise.resolve({ items: [], nextCursor: null }),
  });
  const hook = {
    method: 'post',
    path: '/hooks/v1/shop',
    summary: 'A shop tells us something',
    access: 'public',
    status: 202,
  } as const;
  const read = async () => {
    const { app } = anApp({ routes: [listThings], descriptions: [hook] });
    return (await request(app).get('/api/v1/openapi.json')).body;
  };

  it('tells of every route what it takes, what it answers and who may call it', async () => {
    const { get } = (await read()).paths['/api/v1/things/{id}/parts'];
    expect(get.summary).to.equal('The parts of a thing');
    expect(get.security).to.deep.equal([{ bearer: [] }]);
    const names = get.parameters.map((parameter: { name: string }) => parameter.name);
    expect(names).to.have.members(['id', 'limit', 'cursor', 'colour']);
    const answer = get.responses['200'].content['application/json'].schema;
    expect(Object.keys(answer.properties)).to.deep.equal(['items', 'nextCursor']);
  });

  it('tells of the routes that speak more than JSON too, and of the form of errors', async () => {
    const document = await read();
    expect(document.paths['/hooks/v1/shop'].post.responses).to.have.property('202');
    expect(document.components.schemas.Error.properties.error.required).to.include('requestId');
  });
});

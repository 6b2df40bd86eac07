import { expect } from 'chai';
import request from 'supertest';
import { z } from 'zod';
import { defineRoute, RetryLater } from '../../../server/platform/http/index.ts';
import { ERROR_TABLE } from '../../../server/platform/http/error-table.ts';
import { DomainError, ERROR_CODES } from '../../../server/shared/errors.ts';
import { anApp } from './an-app.ts';

function appThatThrows(error: unknown) {
  const route = defineRoute({
    method: 'post',
    path: '/fail/:token',
    summary: 'x',
    access: 'public',
    body: z.looseObject({}),
    handle: () => Promise.reject(error as Error),
  });
  return anApp({ routes: [route] });
}
const callFailing = (error: unknown) => {
  const { app, lines } = appThatThrows(error);
  return request(app)
    .post('/fail/tok_in_path?email=anna@example.org')
    .set({ Authorization: 'Bearer tok_in_header', Cookie: 'session=tok_in_cookie' })
    .send({ password: 'tok_in_body' })
    .then((answer) => ({ answer, log: lines() }));
};

describe('a refusal that is expected', () => {
  it('says its code, what happened, what to do and the request id', async () => {
    const error = new DomainError('conflict', 'It is taken.', 'Take another.', [{ path: 'a', message: 'b' }]);
    const { answer } = await callFailing(error);
    expect(answer.status).to.equal(409);
    expect(answer.body.error).to.deep.equal({
      code: 'conflict',
      message: 'It is taken.',
      help: 'Take another.',
      requestId: 'request-1',
      issues: [{ path: 'a', message: 'b' }],
    });
    expect(answer.headers['x-request-id']).to.equal('request-1');
  });

  for (const code of ERROR_CODES) {
    it(`is answered with ${ERROR_TABLE[code].status} when it is "${code}"`, async () => {
      const { answer } = await callFailing(new DomainError(code, 'm', 'h'));
      expect([answer.status, answer.body.error.code]).to.deep.equal([ERROR_TABLE[code].status, code]);
      if ([429, 503].includes(answer.status)) expect(answer.headers['retry-after']).to.match(/^\d+$/);
    });
  }

  it('tells how long to wait when it knows', async () => {
    const { answer } = await callFailing(new RetryLater('too-many-requests', 'm', 'h', 7));
    expect(answer.headers['retry-after']).to.equal('7');
  });

  it('is "unavailable" when no database answers', async () => {
    const error = Object.assign(new Error('connect'), { name: 'MongoServerSelectionError' });
    const { answer } = await callFailing(error);
    expect([answer.status, answer.body.error.code]).to.deep.equal([503, 'unavailable']);
  });

  it('is "not-found" for an address that is not there', async () => {
    const answer = await request(anApp().app).get('/nowhere');
    expect([answer.status, answer.body.error.code]).to.deep.equal([404, 'not-found']);
  });

  it('is a 400 for an address with a broken escape sequence', async () => {
    const { app } = appThatThrows(new Error('unused'));
    expect((await request(app).post('/fail/%E0%A4%A').send({})).status).to.equal(400);
  });
});

describe('an error that nobody expected', () => {
  const detail = Object.assign(new Error('boom at line 7 for anna@example.org'), {
    keyValue: { email: 'hidden@example.org' },
  });

  it('is answered in general words, with the request id', async () => {
    const { answer } = await callFailing(detail);
    expect([answer.status, answer.body.error.code]).to.deep.equal([500, 'internal']);
    expect(answer.text).to.not.include('boom');
    expect(answer.body.error.requestId).to.equal('request-1');
  });

  it('has its detail in the log under the same request id', async () => {
    const { log } = await callFailing(detail);
    const line = log.split('\n').find((each) => each.includes('boom at line 7'));
    expect(line).to.include('"requestId":"request-1"').and.include('answer-error.test.ts');
  });
});

describe('the log of a request', () => {
  it('names the route and never tokens, bodies, addresses or e-mails', async () => {
    for (const error of [new Error('boom for anna@example.org'), new DomainError('conflict', 'm', 'h')]) {
      const { log } = await callFailing(error);
      expect(log).to.include('"route":"/fail/:token"');
      expect(log).to.not.match(/tok_in_|anna@/);
    }
  });

  it('leaves out the values that a unique index quotes', async () => {
    const { log } = await callFailing(new Error('E11000 duplicate key error dup key: { name: "Anna Berg" }'));
    expect(log).to.include('E11000').and.not.include('Anna Berg');
  });
});

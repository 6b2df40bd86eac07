import { expect } from 'chai';
import request from 'supertest';
import type { Statement } from '../../../server/flow/statements/index.ts';
import { createStatementRoutes } from '../../../server/flow/statements/statements.routes.ts';
import { DomainError } from '../../../server/shared/errors.ts';
import { anApp, AS_STAFF } from '../../platform/http/an-app.ts';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';
import { stateFromOrThrow } from './a-statement.ts';

const PATH = '/api/v1/statements';
const books = new Books().post('2026-09-03T10:00:00Z', anOrder().line({ price: '37.00' }).paid().build());
const issued = (number: number, changes: Partial<Statement> = {}): Statement => ({
  ...stateFromOrThrow(books),
  _id: `s-${number}`,
  number,
  issuedAt: new Date('2026-10-02T00:00:00Z'),
  ...changes,
});

/** An app over statements in memory. */
function anAppWith(all: Statement[]) {
  const routes = createStatementRoutes({
    statements: {
      byId: (merchantId, id) =>
        Promise.resolve(all.find((each) => each.merchantId === merchantId && each._id === id)),
      list: ({ merchantId, affiliateId, period }, limit, below = Infinity) =>
        Promise.resolve(
          all
            .filter((each) => each.merchantId === merchantId && each.number < below)
            .filter((each) => affiliateId === undefined || each.affiliateId === affiliateId)
            .filter((each) => period === undefined || each.period === period)
            .toSorted((a, b) => b.number - a.number)
            .slice(0, limit),
        ),
      lastNumber: () => Promise.resolve(0),
      insert: () => Promise.resolve('inserted'),
    },
    issueStatements: (_merchantId, period) =>
      period > '2026-09'
        ? Promise.reject(new DomainError('impossible', `${period} has not ended yet.`, 'Wait.'))
        : Promise.resolve({ issued: 2, alreadyIssued: 1 }),
  });
  return anApp({ routes }).app;
}

const get = (app: ReturnType<typeof anAppWith>, path: string) => request(app).get(path).set(AS_STAFF);
const post = (app: ReturnType<typeof anAppWith>, body: object) =>
  request(app).post(PATH).set(AS_STAFF).send(body);

describe('POST /api/v1/statements', () => {
  it('says how many were issued now and before', async () => {
    const answer = await post(anAppWith([]), { period: '2026-09' });
    expect([answer.status, answer.body]).to.deep.equal([
      200,
      { period: '2026-09', issued: 2, alreadyIssued: 1 },
    ]);
  });

  it('is 422 for a month that has not ended', async () => {
    const answer = await post(anAppWith([]), { period: '2026-10' });
    expect([answer.status, answer.body.error.code]).to.deep.equal([422, 'impossible']);
  });

  for (const period of ['2026-9', 'September', '2026-13', '']) {
    it(`is refused for the month "${period}", and says the form`, async () => {
      const answer = await post(anAppWith([]), { period });
      expect([answer.status, answer.body.error.issues[0].message]).to.deep.equal([
        400,
        'Send a month as YYYY-MM.',
      ]);
    });
  }

  it('is for those who are signed in', async () => {
    expect((await request(anAppWith([])).post(PATH).send({ period: '2026-09' })).status).to.equal(401);
  });
});

describe('GET /api/v1/statements', () => {
  const app = anAppWith([issued(1), issued(2, { affiliateId: 'boris' }), issued(3, { period: '2026-08' })]);
  const numbers = (body: { items: { number: number }[] }) => body.items.map(({ number }) => number);

  it('lists newest first, in parts', async () => {
    const first = await get(app, `${PATH}?limit=2`);
    expect(numbers(first.body)).to.deep.equal([3, 2]);
    const second = await get(app, `${PATH}?limit=2&cursor=${first.body.nextCursor}`);
    expect([numbers(second.body), second.body.nextCursor]).to.deep.equal([[1], null]);
  });

  it('filters by affiliate and by month', async () => {
    expect(numbers((await get(app, `${PATH}?affiliateId=boris`)).body)).to.deep.equal([2]);
    expect(numbers((await get(app, `${PATH}?period=2026-08`)).body)).to.deep.equal([3]);
  });

  it('shows figures in minor units and leaves the postings to the single statement', async () => {
    const [item] = (await get(app, `${PATH}?affiliateId=anna&period=2026-09`)).body.items;
    expect(item).to.deep.include({ id: 's-1', closing: { amount: 740, currency: 'EUR' } });
    expect(item).to.not.have.property('orders');
  });

  it('refuses a cursor that no page gave', async () => {
    expect((await get(app, `${PATH}?cursor=x`)).status).to.equal(400);
  });
});

describe('GET /api/v1/statements/:id', () => {
  it('shows every posting with its arithmetic', async () => {
    const { body } = await get(anAppWith([issued(1)]), `${PATH}/s-1`);
    expect(body).to.deep.include({ number: 1, period: '2026-09', from: '2026-09-01T00:00:00.000Z' });
    expect(body.orders[0].postings[0]).to.deep.include({
      arithmetic: '20 % of 37.00 EUR is 7.40 EUR',
      amount: { amount: 740, currency: 'EUR' },
      status: 'pending',
    });
  });

  it("is 404 for what is not there and for another merchant's", async () => {
    const app = anAppWith([issued(1, { merchantId: 'm-2' })]);
    expect((await get(app, `${PATH}/s-1`)).status).to.equal(404);
    expect((await get(app, `${PATH}/s-9`)).status).to.equal(404);
  });
});

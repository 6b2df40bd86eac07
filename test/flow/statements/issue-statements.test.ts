import { expect } from 'chai';
import { createIssueStatements } from '../../../server/flow/statements/issue-statements.ts';
import {
  createStatementStore,
  type StatementStore,
} from '../../../server/flow/statements/statement.store.ts';
import {
  connectMongo,
  createPendingEventStore,
  ensureIndexes,
  type Connection,
} from '../../../server/platform/mongo/index.ts';
import { DomainError } from '../../../server/shared/errors.ts';
import { newId } from '../../../server/shared/ids.ts';
import { anOrder } from '../../support/an-order.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';
import { Books } from '../../support/ledger-entries.ts';

const order = (number: string, currency = 'EUR') =>
  anOrder(number).in(currency).line({ price: '37' }).paid().build();

describe('S14 issuing the statements of a month', () => {
  let database: TestDatabase;
  let connection: Connection;
  let statements: StatementStore;
  let merchantId: string;
  let nudged: number;

  before(async () => {
    database = await startDatabase();
    connection = await connectMongo(database.uri);
    statements = createStatementStore(connection);
    await ensureIndexes(connection);
  });
  beforeEach(() => {
    merchantId = newId();
    nudged = 0;
  });
  after(async () => {
    await connection.close();
    await database.stop();
  });

  function issuer(books: Books, now = '2026-10-02T00:00:00Z', timeZone = 'UTC') {
    return createIssueStatements({
      statements,
      ledger: books.ledger,
      commissions: books.commissions,
      merchantById: () => Promise.resolve({ timeZone }),
      clock: () => new Date(now),
      newId,
      nudge: () => (nudged += 1),
    });
  }

  const threeSeries = () =>
    new Books()
      .post('2026-09-03T10:00:00Z', order('1001'))
      .post('2026-09-04T10:00:00Z', order('1002', 'JPY'))
      .post('2026-09-05T10:00:00Z', order('1003'), 'boris');

  const all = () => statements.list({ merchantId }, 100);

  it('makes one for each affiliate and currency, numbered from 1', async () => {
    expect(await issuer(threeSeries())(merchantId, '2026-09')).to.deep.equal({ issued: 3, alreadyIssued: 0 });
    const issued = await all();
    expect(issued.map(({ number }) => number)).to.deep.equal([3, 2, 1]);
    expect(issued.map(({ affiliateId, currency }) => `${affiliateId} ${currency}`)).to.have.members([
      'anna EUR',
      'anna JPY',
      'boris EUR',
    ]);
  });

  it('keeps amounts exact and times as they were', async () => {
    const huge = anOrder('1001').line({ price: '999999999999.99', quantity: 1_000 }).paid().build();
    await issuer(new Books().post('2026-09-03T10:00:00Z', huge))(merchantId, '2026-09');
    const [statement] = await all();
    expect(statement?.closing).to.equal(19_999_999_999_999_800n);
    expect(statement?.orders[0]?.postings[0]).to.deep.include({
      amount: 19_999_999_999_999_800n,
      postedAt: new Date('2026-09-03T10:00:00Z'),
    });
  });

  it('leaves the event that has each of them mailed, once', async () => {
    await issuer(threeSeries())(merchantId, '2026-09');
    await issuer(threeSeries())(merchantId, '2026-09');
    const due = await createPendingEventStore(connection, 'statements').findDue(
      new Date('2027-01-01'),
      1_000,
    );
    const events = due
      .flatMap(({ pendingEvents }) => pendingEvents)
      .filter((event) => event.merchantId === merchantId);
    const ids = (await all()).map(({ _id }) => _id);
    expect(events.map(({ type }) => type)).to.deep.equal(Array(3).fill('statement.issued'));
    expect(events.map(({ data }) => data)).to.have.deep.members(ids.map((statementId) => ({ statementId })));
    expect(nudged).to.equal(3);
  });

  it('changes nothing when it is asked again', async () => {
    const books = threeSeries();
    await issuer(books)(merchantId, '2026-09');
    const first = await all();
    expect(await issuer(books)(merchantId, '2026-09')).to.deep.equal({ issued: 0, alreadyIssued: 3 });
    expect(await all()).to.deep.equal(first);
  });

  it('goes on with the next number in the next month', async () => {
    const books = threeSeries().post('2026-10-03T10:00:00Z', order('1004'));
    await issuer(books)(merchantId, '2026-09');
    await issuer(books, '2026-11-02T00:00:00Z')(merchantId, '2026-10');
    const october = await statements.list({ merchantId, period: '2026-10' }, 100);
    expect(october.map(({ number }) => number)).to.deep.equal([6, 5, 4]);
  });

  it('makes one of each when two ask at once', async () => {
    const books = threeSeries();
    const runs = await Promise.all([1, 2].map(() => issuer(books)(merchantId, '2026-09')));
    expect(runs.reduce((total, { issued }) => total + issued, 0)).to.equal(3);
    expect((await all()).map(({ number }) => number)).to.deep.equal([3, 2, 1]);
  });

  it('never gives a number twice and leaves no gap when several are issued at once', async () => {
    const series = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gina', 'hugo'].map((affiliateId) =>
      new Books().post('2026-09-03T10:00:00Z', order('1001'), affiliateId),
    );
    await Promise.all(series.map((books) => issuer(books)(merchantId, '2026-09')));
    expect((await all()).map(({ number }) => number)).to.deep.equal([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('numbers each merchant for itself', async () => {
    const other = newId();
    await issuer(threeSeries())(merchantId, '2026-09');
    await issuer(threeSeries())(other, '2026-09');
    expect((await statements.list({ merchantId: other }, 100)).map(({ number }) => number)).to.deep.equal([
      3, 2, 1,
    ]);
    expect(await statements.byId(other, (await all())[0]?._id ?? '')).to.equal(undefined);
  });

  it('stores nothing that does not agree with the ledger', async () => {
    const books = new Books().post('2026-09-03T10:00:00Z', order('1001'));
    const [entry] = books.entries;
    books.entries[0] = { ...entry!, postings: [{ ...entry!.postings[0]!, amount: 741n }] };
    const failure = await issuer(books)(merchantId, '2026-09').catch((error: unknown) => error);
    expect((failure as Error).message).to.include('the closing balance (740) differs from the ledger (741)');
    expect(await all()).to.deep.equal([]);
  });

  const moments: [now: string, timeZone: string, isOver: boolean][] = [
    ['2026-10-01T00:04:59.999Z', 'UTC', false],
    ['2026-10-01T00:05:00.000Z', 'UTC', true],
    ['2026-09-30T22:04:59.999Z', 'Europe/Prague', false],
    ['2026-09-30T22:05:00.000Z', 'Europe/Prague', true],
    ['2026-10-01T00:05:00.000Z', 'America/New_York', false],
  ];
  for (const [now, timeZone, isOver] of moments) {
    it(`${isOver ? 'is possible' : 'is refused'} for 2026-09 in ${timeZone} at ${now}`, async () => {
      const outcome = await issuer(
        threeSeries(),
        now,
        timeZone,
      )(merchantId, '2026-09').catch((error: unknown) => error);
      if (isOver) expect(outcome).to.deep.include({ issued: 3 });
      else expect(outcome).to.be.instanceOf(DomainError).with.property('code', 'impossible');
      expect(await all()).to.have.length(isOver ? 3 : 0);
    });
  }
});

import { expect } from 'chai';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';
import { stateFrom, stateFromOrThrow } from './a-statement.ts';

const order = (number: string, price = '37.00') => anOrder(number).line({ price }).paid();
const halfRefunded = (number: string) => order(number).refund({ lines: { 'line-1': { net: '18.50' } } });

describe('S14 the statement of a month', () => {
  it('brings the balance forward: 12.00 + 7.40 - 3.70 = 15.70', () => {
    const books = new Books()
      .post('2026-08-21T10:00:00Z', order('996', '60.00').build())
      .post('2026-09-03T10:00:00Z', order('1001').build())
      .post('2026-09-05T10:00:00Z', halfRefunded('1001').build());
    const { opening, earned, reversed, closing } = stateFromOrThrow(books);
    expect({ opening, earned, reversed, closing }).to.deep.equal({
      opening: 1200n,
      earned: 740n,
      reversed: 370n,
      closing: 1570n,
    });
  });

  it('opens where the month before closed', () => {
    const books = new Books()
      .post('2026-08-21T10:00:00Z', order('996').build())
      .post('2026-09-03T10:00:00Z', order('1001').build());
    const august = stateFromOrThrow(books, { period: '2026-08' });
    expect(stateFromOrThrow(books).opening).to.equal(august.closing).and.equal(740n);
  });

  it('shows how each amount came about', () => {
    const books = new Books()
      .post('2026-09-03T10:00:00Z', order('1001').build())
      .post('2026-09-05T10:00:00Z', halfRefunded('1001').build());
    const [earned, reversed] = stateFromOrThrow(books).orders[0]?.postings ?? [];
    expect(earned).to.deep.include({
      orderVersion: 1,
      kind: 'commission',
      base: 3700n,
      rules: ['20 % (programme)'],
      rulesVersion: 1,
      arithmetic: '20 % of 37.00 EUR is 7.40 EUR',
      amount: 740n,
      status: 'pending',
    });
    expect(reversed).to.deep.include({
      orderVersion: 2,
      kind: 'reversal',
      base: 1850n,
      arithmetic: '20 % of 18.50 EUR is 3.70 EUR; 3.70 EUR minus 7.40 EUR posted before is -3.70 EUR',
      amount: -370n,
    });
  });

  it('adds up the lines of an order in words', () => {
    const twoLines = order('1001').line({ price: '10.00' }).build();
    const [posting] =
      stateFromOrThrow(new Books().post('2026-09-03T10:00:00Z', twoLines)).orders[0]?.postings ?? [];
    expect(posting?.arithmetic).to.equal(
      '20 % of 37.00 EUR is 7.40 EUR; 20 % of 10.00 EUR is 2.00 EUR; together 9.40 EUR',
    );
  });

  it('puts a reversal beside its origin, whatever was posted between', () => {
    const books = new Books()
      .post('2026-09-03T10:00:00Z', order('1001').build())
      .post('2026-09-04T10:00:00Z', order('1002').build())
      .post('2026-09-05T10:00:00Z', order('1001').cancelled().build());
    const amounts = stateFromOrThrow(books).orders.map(({ orderNumber, postings }) => [
      orderNumber,
      ...postings.map(({ amount }) => amount),
    ]);
    expect(amounts).to.deep.equal([
      ['#1001', 740n, -740n],
      ['#1002', 740n],
    ]);
  });

  it('names the origin of a reversal that was posted in an earlier month', () => {
    const books = new Books()
      .post('2026-08-21T10:00:00Z', order('996').build())
      .post('2026-09-05T10:00:00Z', order('996').cancelled().build());
    const [stated] = stateFromOrThrow(books).orders;
    expect(stated?.before).to.deep.equal([
      { orderVersion: 1, postedAt: new Date('2026-08-21T10:00:00Z'), amount: 740n },
    ]);
    expect(stated?.postings.map(({ arithmetic }) => arithmetic)).to.deep.equal([
      '0.00 EUR, because the order was cancelled; 0.00 EUR minus 7.40 EUR posted before is -7.40 EUR',
    ]);
  });

  it('can close below zero', () => {
    const books = new Books()
      .post('2026-08-21T10:00:00Z', order('996').build())
      .post('2026-09-05T10:00:00Z', order('996').cancelled().build());
    books.entries.shift();
    expect(stateFromOrThrow(books).closing).to.equal(-740n);
  });

  it('lists an order that earned nothing', () => {
    const books = new Books().post('2026-09-03T10:00:00Z', order('1001').cancelled().build());
    const { orders, closing } = stateFromOrThrow(books);
    expect([orders[0]?.postings[0]?.amount, closing]).to.deep.equal([0n, 0n]);
  });

  it('holds what belongs to its affiliate and its currency alone', () => {
    const books = new Books()
      .post('2026-09-03T10:00:00Z', order('1001').build())
      .post('2026-09-03T11:00:00Z', order('1002').build(), 'boris')
      .post('2026-09-03T12:00:00Z', anOrder('1003').in('JPY').line({ price: '1505' }).paid().build());
    expect(stateFromOrThrow(books).closing).to.equal(740n);
    expect(stateFromOrThrow(books, { currency: 'JPY' }).closing).to.equal(301n);
    expect(stateFromOrThrow(books, { affiliateId: 'boris' }).orders).to.have.length(1);
  });

  it('is made for a balance that only rests', () => {
    const books = new Books().post('2026-08-21T10:00:00Z', order('996').build());
    expect(stateFrom(books)).to.deep.include({ opening: 740n, closing: 740n, orders: [] });
  });

  it('is not made when nothing was posted and nothing is owed', () => {
    const books = new Books()
      .post('2026-08-21T10:00:00Z', order('996').build())
      .post('2026-08-22T10:00:00Z', order('996').cancelled().build());
    expect(stateFrom(books)).to.equal(undefined);
  });

  it('is refused when a receipt is missing', () => {
    const books = new Books().post('2026-09-03T10:00:00Z', order('1001').build());
    books.entries[0] = { ...books.entries[0]!, postingId: 'lost' };
    expect(() => stateFrom(books)).to.throw('ledger entry 1');
  });
});

const edges: [timeZone: string, postedAt: string, period: string][] = [
  ['Europe/Prague', '2026-08-31T21:59:59.999Z', '2026-08'],
  ['Europe/Prague', '2026-08-31T22:00:00.000Z', '2026-09'],
  ['Europe/Prague', '2026-10-31T22:59:59.999Z', '2026-10'],
  ['Europe/Prague', '2026-10-31T23:00:00.000Z', '2026-11'],
  ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11'],
  ['America/New_York', '2026-12-01T05:00:00.000Z', '2026-12'],
];

describe('S14 a posting at the edge of a month', () => {
  for (const [timeZone, postedAt, period] of edges) {
    it(`of ${postedAt} is in ${period} in ${timeZone} and in no other`, () => {
      const books = new Books().post(postedAt, order('1001').build());
      const periods = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'].filter(
        (month) => stateFrom(books, { timeZone, period: month })?.orders.length === 1,
      );
      expect(periods).to.deep.equal([period]);
    });
  }
});

import { expect } from 'chai';
import { booksByOrder, playMonth, STEPS, type Line } from './a-month.ts';
import { openReadShop, type ReadShop } from './a-read-shop.ts';

/** Three of ten, spread over placing and changing. */
const isDropped = (index: number): boolean => (index * 7) % 10 < 3;

const told: Line = { arrives: () => true, isRead: false };
const read: Line = { arrives: () => false, isRead: true };
const both: Line = { arrives: (_step, index) => !isDropped(index), isRead: true };

describe('one month of orders, refunds, edits, deletions and restorings', function () {
  this.timeout(240_000);
  const open: ReadShop[] = [];
  const openOne = async (withKeys: boolean): Promise<ReadShop> => {
    const the = await openReadShop({ withKeys });
    open.push(the);
    return the;
  };
  let books: Record<string, unknown[]>;
  let earned: number;
  before(async () => {
    const the = await openOne(false);
    await playMonth(the, told);
    books = await booksByOrder(the);
    earned = await the.earned();
  });
  after(async () => {
    for (const the of open) await the.stop();
  });

  it('is in the books when every event arrives, so that there is something to compare with', () => {
    const orders = new Set(STEPS.map(({ order }) => String(order)));
    expect(Object.keys(books)).to.have.members([...orders]);
    const rows = Object.values(books).flat() as { kind: string; state: string }[];
    expect(
      rows.map(({ kind }) => kind),
      'some are taken back',
    ).to.include('reversal');
    expect(
      rows.map(({ state }) => state),
      'some are released',
    ).to.include('payable');
  });

  it('is in the books to the last entry when no event arrives and the shop is read (100 %)', async () => {
    const the = await openOne(true);
    await playMonth(the, read);
    expect(await booksByOrder(the)).to.deep.equal(books);
    expect(await the.earned()).to.equal(earned);
  });

  it('is so too when three events of ten are lost', async () => {
    const the = await openOne(true);
    await playMonth(the, both);
    expect(await booksByOrder(the)).to.deep.equal(books);
    expect(await the.earned()).to.equal(earned);
  });
});

import { expect } from 'chai';
import { checkStatement } from '../../../server/flow/statements/check-statement.ts';
import type { StatementDraft } from '../../../server/flow/statements/statement.ts';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';
import { stateFromOrThrow } from './a-statement.ts';

const order = (number: string) => anOrder(number).line({ price: '37.00' }).paid();
const books = new Books()
  .post('2026-08-21T10:00:00Z', order('996').build())
  .post('2026-09-03T10:00:00Z', order('1001').build())
  .post('2026-09-05T10:00:00Z', order('996').cancelled().build());
const statement = stateFromOrThrow(books);

const broken: [what: string, changes: Partial<StatementDraft>, problem: string][] = [
  ['it does not add up', { earned: 741n }, 'opening + earned - reversed - paid out (741)'],
  ['its opening balance is not the ledger’s', { opening: 0n, closing: 0n }, 'the opening balance (0)'],
  ['its closing balance is not the ledger’s', { earned: 741n, closing: 741n }, 'the closing balance (741)'],
];

describe('S14 a statement that is held against the ledger', () => {
  it('passes when it agrees', () => {
    expect(() => checkStatement(statement, books.entries)).not.to.throw();
  });

  for (const [what, changes, problem] of broken) {
    it(`is refused when ${what}`, () => {
      expect(() => checkStatement({ ...statement, ...changes }, books.entries)).to.throw(problem);
    });
  }

  it('is refused when two of its postings are wrong and the sum is right', () => {
    const [first, second] = statement.orders;
    const shift = (stated: typeof first, by: bigint) => ({
      ...stated!,
      postings: stated!.postings.map((posting) => ({ ...posting, amount: posting.amount + by })),
    });
    const orders = [shift(first, 1n), shift(second, -1n)];
    expect(() => checkStatement({ ...statement, orders }, books.entries)).to.throw('the posting of entry');
  });

  it('is refused when the ledger has an entry that it does not show', () => {
    const more = new Books().post('2026-09-07T10:00:00Z', order('1005').build()).entries;
    expect(() => checkStatement(statement, [...books.entries, ...more])).to.throw('the closing balance');
  });
});

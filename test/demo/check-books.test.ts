import { expect } from 'chai';
import { checkBooks } from '../../server/demo/check-books.ts';
import { planMonth, type AffiliateFigures } from '../../server/demo/index.ts';
import type { Delivered } from '../../server/demo/shops/send-deliveries.ts';

describe('the check at the end of a demo', () => {
  const row: AffiliateFigures = {
    name: 'Anna',
    currency: 'EUR',
    orders: 2,
    commission: 500n,
    reversals: 100n,
    balance: 400n,
  };
  const level = { currency: 'EUR', debit: 400n, credit: 400n, difference: 0n };
  const books = { figures: [row], trialBalance: [level] };
  const [delivery] = planMonth({ seed: 1, orders: 5 }).deliveries;
  const answered = (members: Partial<Delivered>): Delivered => ({
    ...(delivery as Delivered),
    repeated: false,
    outcome: 'accepted',
    ...members,
  });

  it('finds nothing when the books are as expected', () => {
    const delivered = [answered({}), answered({ repeated: true, outcome: 'known' })];
    expect(checkBooks(books, [row], delivered)).to.deep.equal([]);
  });

  it('names the affiliate and both figures when one differs', () => {
    const [problem] = checkBooks(books, [{ ...row, commission: 501n, balance: 401n }], []);
    expect(problem).to.contain('Anna in EUR').and.contain('commission 500').and.contain('commission 501');
  });

  it('names an affiliate who is missing, and one who is too much', () => {
    const [missing, extra] = checkBooks(books, [{ ...row, name: 'Bruno' }], []);
    expect(missing).to.contain('Bruno in EUR: the books say nothing');
    expect(extra).to.contain('Anna in EUR').and.contain('expected was nothing');
  });

  it('names the currency whose trial balance is off', () => {
    const tilted = { ...books, trialBalance: [{ ...level, credit: 399n, difference: 1n }] };
    expect(checkBooks(tilted, [row], [])).to.deep.equal(['The trial balance of EUR is off by 1.']);
  });

  it('names a delivery that was refused or ignored, and a repeat that counted twice', () => {
    const delivered = [
      answered({ outcome: { rejected: 'bad signature' } }),
      answered({ outcome: 'ignored' }),
      answered({ repeated: true }),
    ];
    const problems = checkBooks(books, [row], delivered);
    expect(problems).to.have.lengthOf(3);
    expect(problems[0]).to.contain('bad signature').and.contain(`#${delivery?.order.number}`);
  });
});

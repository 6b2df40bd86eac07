import { expect } from 'chai';
import { describeArithmetic } from '../../../server/flow/statements/describe-arithmetic.ts';
import { anOrder } from '../../support/an-order.ts';
import { aSale, percent, postAll, rules } from '../../support/receipts.ts';

const TWENTY_PERCENT = rules([percent(200_000)]);
const share = (affiliateId: string, affiliateName: string, sharePpm: number) => ({
  affiliateId, programId: 'partners', affiliateName, class: 'link', sharePpm,
}); // prettier-ignore
const BOTH = [share('anna', 'Anna Berg', 600_000), share('ben', 'Ben Roth', 400_000)];
const order = (price: string) => anOrder().line({ price }).paid();

describe('S14 the arithmetic of a commission that is split', () => {
  const sale = aSale(TWENTY_PERCENT, { shares: BOTH });

  it('ends at the part of each: 60 % and 40 % of 20.00', () => {
    const postings = postAll([order('100.00').build()], sale);
    expect(postings.map(({ receipt }) => describeArithmetic(receipt))).to.deep.equal([
      '20 % of 100.00 EUR is 20.00 EUR; the share of 60 % is 12.00 EUR',
      '20 % of 100.00 EUR is 20.00 EUR; the share of 40 % is 8.00 EUR',
    ]);
  });

  it('adds the lines up before it is split', () => {
    const [first] = postAll([order('100.00').line({ price: '50.00' }).build()], sale);
    expect(first && describeArithmetic(first.receipt)).to.equal(
      '20 % of 100.00 EUR is 20.00 EUR; 20 % of 50.00 EUR is 10.00 EUR; together 30.00 EUR; ' +
        'the share of 60 % is 18.00 EUR',
    );
  });
});

describe('S14 the arithmetic of a reversal that commissions of two states bear', () => {
  it('names the difference, and which part of it is taken back here', () => {
    const grown = [order('100.00'), order('150.00'), order('40.00')].map((each) => each.build());
    const [, , fromPending, fromPaid] = postAll(grown, aSale(TWENTY_PERCENT), (known, version) =>
      version === 2
        ? { ...known, postings: known.postings.map((posting) => ({ ...posting, state: 'paid' as const })) }
        : known,
    );
    const before = '20 % of 40.00 EUR is 8.00 EUR; 8.00 EUR minus 30.00 EUR posted before is -22.00 EUR';
    expect(
      [fromPending, fromPaid].map((posting) => posting && describeArithmetic(posting.receipt)),
    ).to.deep.equal([`${before}, of which this is -10.00 EUR`, `${before}, of which this is -12.00 EUR`]);
  });
});

import { expect } from 'chai';
import type { Receipt } from '../../../server/flow/commissions/index.ts';
import { describeCause } from '../../../server/flow/notifications/describe-cause.ts';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';

const order = anOrder().line({ price: '37.00' }).paid().build();
const [posting] = new Books().post('2026-09-03T10:00:00Z', order).postings.values();
const first = posting!.receipt;
const judgedAgain: Receipt = { ...first, attribution: { ...first.attribution, decision: 2 } };

describe('why an order earns less than before', () => {
  it('is new evidence when the goods are the same and the decision is another', () => {
    expect(describeCause(judgedAgain, first)).to.equal('new evidence changed how the order is credited');
  });

  it('is another affiliate when the order went to one', () => {
    const gone: Receipt = { ...judgedAgain, nothingBecause: 'another affiliate is credited now' };
    expect(describeCause(gone, first)).to.equal('another affiliate is credited now');
  });

  it('is not made up when the receipt does not tell', () => {
    expect(describeCause(first, first)).to.equal('');
    expect(describeCause(first, undefined)).to.equal('');
  });
});

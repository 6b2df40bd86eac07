import { expect } from 'chai';
import { findHoldEnd, type HeldVersion } from '../../../server/flow/commissions/states/find-hold-end.ts';

const at = (day: number) => new Date(Date.UTC(2026, 9, day));
const facts = { paidAt: null, fulfilledAt: null, chargeback: 'none' } as const;
const version = (acceptedOn: number, snapshot: Partial<HeldVersion['snapshot']> = {}): HeldVersion => ({
  acceptedAt: at(acceptedOn),
  snapshot: { ...facts, payment: 'paid', ...snapshot },
});
const fromPayment = { days: 14, startsAt: 'payment' } as const;
const fromFulfilment = { days: 14, startsAt: 'fulfilment' } as const;

describe('S7 the hold of an order', () => {
  it('ends days after the payment that the store tells', () => {
    expect(findHoldEnd([version(5, { paidAt: at(2) })], at(1), fromPayment)).to.deep.equal(at(16));
  });

  it('counts from our first receipt of the payment where the store tells no time', () => {
    const versions = [version(2, { payment: 'unpaid' }), version(4), version(9)];
    expect(findHoldEnd(versions, at(1), fromPayment)).to.deep.equal(at(18));
  });

  it('begins anew when the order was unpaid in between', () => {
    const versions = [version(2), version(4, { payment: 'unpaid' }), version(6)];
    expect(findHoldEnd(versions, at(1), fromPayment)).to.deep.equal(at(20));
  });

  it('does not run while the order is not paid, whatever it was before', () => {
    expect(findHoldEnd([version(2), version(3, { payment: 'unpaid' })], at(1), fromPayment)).to.equal(null);
    expect(findHoldEnd([], at(1), fromPayment)).to.equal(null);
  });

  it('does not run while a charge-back is open, and goes on when it was won (S6)', () => {
    const paid = version(2, { paidAt: at(2) });
    const open = version(3, { paidAt: at(2), chargeback: 'open' });
    const won = version(4, { paidAt: at(2), chargeback: 'won' });
    expect(findHoldEnd([paid, open], at(1), fromPayment)).to.equal(null);
    expect(findHoldEnd([paid, open, won], at(1), fromPayment)).to.deep.equal(at(16));
  });

  it('starts at the fulfilment where the programme says so, and waits for it', () => {
    const paid = version(2, { paidAt: at(2) });
    const sent = version(9, { paidAt: at(2), fulfilledAt: at(8) });
    expect(findHoldEnd([paid], at(1), fromFulfilment)).to.equal(null);
    expect(findHoldEnd([paid, sent], at(1), fromFulfilment)).to.deep.equal(at(22));
  });

  it('never begins before the order was placed', () => {
    expect(findHoldEnd([version(2, { paidAt: at(1) })], at(3), fromPayment)).to.deep.equal(at(17));
  });
});

import { expect } from 'chai';
import { listEntriesOf } from '../../../server/flow/ledger/build-entry.ts';
import { findDisagreements } from '../../independent/recompute.mjs';
import { anOrder } from '../../support/an-order.ts';
import { asJson } from '../../support/receipts.ts';
import { DecidedOrder } from './a-decided-order.ts';

const order = (price = '100.00') => anOrder().line({ price }).paid();
const refunded = (net: string) => order().refund({ lines: { 'line-1': { net } } });
const PAID = { action: 'mark-paid', reference: 'SEPA 17', paidOn: '2026-11-01' } as const;
const REJECT = { action: 'reject', reason: 'The buyer is the affiliate.' } as const;
const HOLD = { action: 'hold', reason: 'We are asking the buyer.' } as const;
const RELEASE = { action: 'release', reason: 'All is well.' } as const;

/** What the affiliate's accounts hold, as the ledger would book every posting and every move. */
function holds({ commission }: DecidedOrder): Record<string, bigint> {
  const accounts: Record<string, bigint> = {};
  const add = (name: string, amount: bigint): void => {
    const [kind = ''] = name.split('/');
    accounts[kind] = (accounts[kind] ?? 0n) + amount;
  };
  for (const { postings } of commission.postings.flatMap((posting) => listEntriesOf('merchant', posting))) {
    for (const { source, destination, amount } of postings) {
      add(source, -amount);
      add(destination, amount);
    }
  }
  const { 'commission-expense': _expense, ...own } = accounts;
  return Object.fromEntries(Object.entries(own).filter(([, amount]) => amount !== 0n));
}

function expectReceiptsToAgree({ commission }: DecidedOrder): void {
  expect(commission.postings.flatMap((posting) => findDisagreements(asJson(posting)))).to.deep.equal([]);
}

describe('S7 a commission that a person rejects', () => {
  it('is taken back also while a version of its order waits to be read from the store', () => {
    const decided = new DecidedOrder().tell(order().build()).post();
    decided.tell(refunded('50.00').build(), { needsRead: true }).post().decide(0, REJECT);
    expect(decided.postings).to.deep.equal([
      ['rejected', 2000n],
      ['rejected', -2000n],
    ]);
    expect(holds(decided)).to.deep.equal({});
    decided.tell(refunded('50.00').build()).post();
    expect(decided.postings).to.have.length(2);
    expectReceiptsToAgree(decided);
  });

  it('is taken back also while the deletion of its order waits to be confirmed', () => {
    const decided = new DecidedOrder().tell(order().build()).post().passDays(30);
    decided
      .tell({ ...order().build(), removed: true })
      .post()
      .decide(0, REJECT);
    expect(decided.postings).to.deep.equal([
      ['rejected', 2000n],
      ['rejected', -2000n],
    ]);
    expect(holds(decided)).to.deep.equal({});
    expectReceiptsToAgree(decided);
  });

  it('stays at nothing when its order changes its currency', () => {
    const decided = new DecidedOrder().tell(order().build()).post().decide(0, REJECT);
    decided.tell(anOrder().in('JPY').line({ price: '1505' }).paid().build()).post();
    expect(holds(decided)).to.deep.equal({});
    expectReceiptsToAgree(decided);
  });
});

describe('S7 what is owed back of a commission that was paid', () => {
  const owedBack = () =>
    new DecidedOrder()
      .tell(order().build())
      .post()
      .passDays(30)
      .decide(0, PAID)
      .tell(refunded('50.00').build())
      .post();

  for (const action of [HOLD, REJECT]) {
    it(`stays payable: nobody can ${action.action} it`, () => {
      const decided = owedBack();
      expect(() => decided.decide(1, action)).to.throw('takes back what was paid');
      expect(holds(decided)).to.deep.equal({ 'paid-out': 2000n, payable: -1000n });
    });
  }

  it('can be settled with a later payment', () => {
    expect(holds(owedBack().decide(1, PAID))).to.deep.equal({ 'paid-out': 1000n });
  });
});

describe('S9 a commission that a person held before a guard did', () => {
  it('is held for the guard when the person releases it', () => {
    const decided = new DecidedOrder().tell(order().build()).post().decide(0, HOLD);
    decided.post({ hold: "Anna: the buyer's postal address is the affiliate's own" }).passDays(30);
    decided.decide(0, RELEASE);
    expect(decided.postings).to.deep.equal([['held', 2000n]]);
    expect(decided.commission.postings[0]?.states.at(-1)?.reason).to.contain('postal address');
    decided.decide(0, RELEASE);
    expect(decided.postings).to.deep.equal([['payable', 2000n]]);
  });
});

describe('S6 the deletion of an order whose commission is payable', () => {
  it('still waits to be confirmed when a person holds the commission meanwhile', () => {
    const removed = { ...order().build(), removed: true };
    const decided = new DecidedOrder().tell(order().build()).post().passDays(30).tell(removed).post();
    decided.decide(0, HOLD);
    expect(holds(decided)).to.deep.equal({ pending: 2000n });
    expect(decided.commission.removalToConfirm).to.include({ orderVersion: 2 });
    decided.confirmRemoval();
    expect(holds(decided)).to.deep.equal({});
    expectReceiptsToAgree(decided);
  });

  it('can be confirmed when it was restored and deleted again before we looked', () => {
    const removed = { ...order().build(), removed: true };
    const decided = new DecidedOrder().tell(order().build()).post().passDays(30).tell(removed).post();
    decided.tell(order().build()).tell(removed).post();
    expect(holds(decided)).to.deep.equal({ payable: 2000n });
    decided.confirmRemoval();
    expect(holds(decided)).to.deep.equal({});
    expect(decided.commission.removalToConfirm).to.equal(null);
  });
});

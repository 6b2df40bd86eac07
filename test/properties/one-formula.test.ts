import { expect } from 'chai';
import fc from 'fast-check';
import { computeCommission } from '../../server/flow/commissions/index.ts';
import { sum } from '../../server/shared/money.ts';
import type { OrderSnapshot } from '../../server/shared/order.ts';
import { PPM } from '../../server/shared/rates.ts';
import { creditedTo, history, PostedOrder, tell } from './an-order-history.ts';
import { CASES, holdsAlways } from './hold-always.ts';

const rate = fc.nat(PPM);
/** Which version arrives next, again and again; what is not drawn arrives at the end. */
const arrivals = fc.array(fc.record({ which: fc.nat(9), alone: fc.boolean(), post: fc.boolean() }), {
  maxLength: 6,
});

const targetOf = (snapshot: OrderSnapshot, ratePpm: number): bigint =>
  computeCommission(
    snapshot,
    { affiliateId: 'anna', groupId: null, ownCodes: [] },
    creditedTo('anna', ratePpm).rules,
  ).target;

describe(`S6 the one formula @long: ${CASES}`, function () {
  this.timeout(900_000);

  it('ends at C(last version), whatever the order of arrival, with repeats and refunds that come alone', () => {
    holdsAlways([history, arrivals, rate], (versions, drawn, ratePpm) => {
      const sale = creditedTo('anna', ratePpm);
      const order = new PostedOrder();
      for (const { which, alone, post } of drawn) {
        const index = which % versions.length;
        order.receive(tell(versions, index, alone), `${index} ${alone}`);
        if (post) order.post(sale);
      }
      versions.forEach((_, index) => order.receive(tell(versions, index, false), `${index} false`));
      order.post(sale);
      const last = versions.at(-1) as OrderSnapshot;
      expect(sum(order.postings.map(({ amount }) => amount))).to.equal(targetOf(last, ratePpm));
    });
  });

  it('never takes back more than was earned, at no moment', () => {
    holdsAlways([history, arrivals, rate], (versions, drawn, ratePpm) => {
      const sale = creditedTo('anna', ratePpm);
      const order = new PostedOrder();
      drawn.forEach(({ which, alone }, index) =>
        order.receive(tell(versions, which % versions.length, alone), `${index}`).post(sale),
      );
      let balance = 0n;
      for (const { amount } of order.postings) {
        balance += amount;
        expect(balance >= 0n, `balance ${balance} after ${amount}`).to.equal(true);
      }
    });
  });

  it('leaves nothing with who was credited before, and everything with who is credited now', () => {
    holdsAlways([history, rate], (versions, ratePpm) => {
      const order = new PostedOrder();
      versions.forEach((_, index) =>
        order
          .receive(tell(versions, index, false), `${index}`)
          .post(creditedTo(index % 2 === 0 ? 'anna' : 'ben', ratePpm)),
      );
      order.post(creditedTo('cleo', ratePpm));
      const of = (who: string): bigint =>
        sum(order.postings.filter(({ affiliateId }) => affiliateId === who).map(({ amount }) => amount));
      expect([of('anna'), of('ben')]).to.deep.equal([0n, 0n]);
      expect(of('cleo')).to.equal(targetOf(versions.at(-1) as OrderSnapshot, ratePpm));
    });
  });

  it('says in each receipt what the target was, what was posted before, and their difference', () => {
    holdsAlways([history, rate], (versions, ratePpm) => {
      const order = new PostedOrder();
      versions.forEach((_, index) =>
        order.receive(tell(versions, index, false), `${index}`).post(creditedTo('anna', ratePpm)),
      );
      let before = 0n;
      for (const { amount, receipt } of order.postings) {
        expect([receipt.alreadyPosted, receipt.target - receipt.alreadyPosted]).to.deep.equal([
          before,
          amount,
        ]);
        const ofLines = sum(receipt.lines.map(({ commission }) => commission));
        if (receipt.nothingBecause === null) expect(ofLines).to.equal(receipt.target);
        before += amount;
      }
    });
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { allocate, divideRounded, sum } from '../../server/shared/money.ts';
import { applyRate, PPM } from '../../server/shared/rates.ts';
import { CASES, holdsAlways } from './hold-always.ts';

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(BigInt);
const weights = fc.array(fc.nat(10_000).map(BigInt), { minLength: 1, maxLength: 6 });
const ratePpm = fc.nat(PPM);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);

describe(`S1 parts and wholes @long: ${CASES}`, function () {
  this.timeout(600_000);

  it('an amount that is spread by weight adds up to the whole', () => {
    holdsAlways([amount, weights], (total, by) => {
      expect(sum(allocate(total, by))).to.equal(total);
    });
  });

  it('no part is a unit or more away from its exact share, and none has another sign', () => {
    holdsAlways([amount, weights], (total, by) => {
      const whole = sum(by);
      if (whole === 0n) return;
      allocate(total, by).forEach((part, index) => {
        expect(abs(part * whole - total * (by[index] ?? 0n)) < whole).to.equal(true);
        expect(part === 0n || part < 0n === total < 0n).to.equal(true);
      });
    });
  });

  it('a commission that is split by parts per million adds up to the commission', () => {
    const cuts = fc.array(fc.nat(PPM), { minLength: 1, maxLength: 4 });
    holdsAlways([amount, cuts], (commission, at) => {
      const edges = [0, ...at.sort((a, b) => a - b), PPM];
      const shares = edges.slice(1).map((edge, index) => BigInt(edge - (edges[index] ?? 0)));
      expect(sum(allocate(commission, shares))).to.equal(commission);
    });
  });

  it('a rate on a negative amount mirrors the rate on the positive one', () => {
    holdsAlways([amount, ratePpm], (base, rate) => {
      expect(applyRate(-base, rate)).to.equal(-applyRate(base, rate));
    });
  });

  it('a rounded quotient is never more than half a unit away, and a half goes away from zero', () => {
    const divisor = fc.integer({ min: 1, max: 5_000 }).map(BigInt);
    holdsAlways([amount, divisor], (dividend, by) => {
      const twice = 2n * abs(abs(divideRounded(dividend, by)) * by - abs(dividend));
      expect(twice <= by).to.equal(true);
      if (twice === by) expect(abs(divideRounded(dividend, by)) * by > abs(dividend)).to.equal(true);
    });
  });
});

import { expect } from 'chai';
import { NO_TERMS, type Coupon } from '../../../server/people/programs/coupons/coupon.ts';
import { codesThatCouldOwn, selectCoupon } from '../../../server/people/programs/coupons/select-coupon.ts';

const NOW = new Date('2026-10-02T12:00:00Z');
const EARLIER = new Date('2026-10-01T12:00:00Z');
const LATER = new Date('2026-10-03T12:00:00Z');

function aCoupon(foldedCode: string, from = EARLIER, until: Date | null = null): Coupon {
  const assignments = [{ affiliateId: 'anna', from, until }];
  const facts = { merchantId: 'm', programId: 'p', creditPolicy: 'always' as const, createdAt: from };
  return { ...facts, ...NO_TERMS, id: foldedCode, code: foldedCode, foldedCode, assignments };
}
const selected = (coupons: Coupon[], code: string) => selectCoupon(coupons, code, NOW)?.id;

describe('S10 a code on an order', () => {
  const all = ['anna-*', 'anna-s*', 'anna-spring'].map((code) => aCoupon(code));
  const table: [code: string, owner: string | undefined][] = [
    ['anna-spring', 'anna-spring'],
    ['anna-summer', 'anna-s*'],
    ['anna-winter', 'anna-*'],
    ['anna-', 'anna-*'],
    ['anna', undefined],
    ['hanna-winter', undefined],
  ];
  for (const [code, owner] of table) {
    it(`"${code}" belongs to ${owner ?? 'nobody'}`, () => {
      expect(selected(all, code)).to.equal(owner);
      expect(selected(all.toReversed(), code)).to.equal(owner);
    });
  }

  it('belongs to the pattern while the exact code is given away only later', () => {
    expect(selected([aCoupon('anna-*'), aCoupon('anna-x', LATER)], 'anna-x')).to.equal('anna-*');
  });

  it('belongs to nobody any more when the exact code was taken back: no pattern takes it', () => {
    expect(selected([aCoupon('anna-*'), aCoupon('anna-x', EARLIER, EARLIER)], 'anna-x')).to.equal('anna-x');
  });

  it('is looked up by itself and by the patterns of its beginnings, with one bounded query', () => {
    expect(codesThatCouldOwn('ab')).to.deep.equal(['ab', '*', 'a*', 'ab*']);
    expect(codesThatCouldOwn('a'.repeat(5_000))).to.have.length.below(205);
  });
});

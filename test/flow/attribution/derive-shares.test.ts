import { expect } from 'chai';
import type { Decision } from '../../../server/flow/attribution/index.ts';
import { DAY, HOUR } from '../../../server/shared/clock.ts';
import { programSettings } from '../../../server/shared/program-settings.ts';
import { aCoupon, anInput, aTouch, before, decide, reasonOf } from './a-decision.ts';

const sharesOf = ({ shares }: Decision): Record<string, number> =>
  Object.fromEntries(shares.map(({ affiliateId, sharePpm }) => [affiliateId, sharePpm]));

const annasClick = aTouch({ at: before(HOUR) });
const bensCoupon = aCoupon();
const carlsPixel = aTouch({ id: 'pixel', class: 'pixel', affiliateId: 'carl', affiliateName: 'Carl' });

describe('S3 a programme that does not split', () => {
  it('gives the winner the whole commission', () => {
    expect(sharesOf(decide([annasClick, bensCoupon]))).to.deep.equal({ ben: 1_000_000 });
  });
});

describe('S3 a programme that would give a class a share of nothing', () => {
  it('is refused, because whoever wins by that class alone would have no share of anything', () => {
    const { success, error } = programSettings.safeParse({ split: { coupon: 0, link: 1_000_000 } });
    expect([success, error?.issues[0]?.path]).to.deep.equal([false, ['split', 'coupon']]);
    expect(error?.issues[0]?.message).to.equal('Leave out a class that gets no share.');
  });
});

describe('S3 a programme that splits 60 % to the coupon, 30 % to the click, 10 % to the pixel', () => {
  const split = { coupon: 600_000, link: 300_000, pixel: 100_000 };
  const table: [
    circumstance: string,
    touches: Parameters<typeof decide>[0],
    shares: Record<string, number>,
  ][] = [
    ['all three', [carlsPixel, annasClick, bensCoupon], { ben: 600_000, anna: 300_000, carl: 100_000 }],
    ['no pixel: 6/9 and 3/9', [annasClick, bensCoupon], { ben: 666_667, anna: 333_333 }],
    ['no coupon: 3/4 and 1/4', [annasClick, carlsPixel], { anna: 750_000, carl: 250_000 }],
    ['the coupon alone', [bensCoupon], { ben: 1_000_000 }],
    ['nobody', [], {}],
  ];
  for (const [circumstance, touches, shares] of table) {
    it(`gives ${circumstance} parts that add up to the whole`, () => {
      const decision = decide(touches, { split });
      expect(sharesOf(decision)).to.deep.equal(shares);
      const total = decision.shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0);
      expect(total).to.equal(touches.length === 0 ? 0 : 1_000_000);
    });
  }

  it('names the strongest first, and calls nobody who shares a loser', () => {
    const decision = decide([carlsPixel, annasClick, bensCoupon], { split });
    expect(decision.shares.map(({ class: touchClass }) => touchClass)).to.deep.equal([
      'coupon',
      'link',
      'pixel',
    ]);
    expect(decision.losers).to.deep.equal([]);
  });

  it('gives the share of a class to its strongest touch; the others lose with a reason', () => {
    const dora = aTouch({ id: 'doras', affiliateId: 'dora', at: before(2 * DAY) });
    const decision = decide([dora, annasClick, bensCoupon], { split });
    expect(sharesOf(decision)).to.deep.equal({ ben: 666_667, anna: 333_333 });
    expect(reasonOf(decision, 'doras')).to.equal('a coupon touch counts before a link touch');
  });

  it('gives an affiliate with two of the touches one share', () => {
    const bensClick = aTouch({ id: 'bens', affiliateId: 'ben', affiliateName: 'Ben', at: before(HOUR) });
    const decision = decide([bensClick, bensCoupon, carlsPixel], { split });
    expect(sharesOf(decision)).to.deep.equal({ ben: 900_000, carl: 100_000 });
    expect(decision.losers).to.deep.equal([]);
  });

  it('gives nothing to a touch that may not earn', () => {
    const old = aTouch({ at: before(40 * DAY) });
    expect(sharesOf(decide([old, bensCoupon], { split }))).to.deep.equal({ ben: 1_000_000 });
  });

  it('gives the winner all when the split does not name the class by which they won', () => {
    const bound = aTouch({ id: 'direct', class: 'direct-link', affiliateId: 'dora', at: before(0) });
    expect(sharesOf(decide([bound, annasClick, carlsPixel], { split }))).to.deep.equal({ dora: 1_000_000 });
  });

  it("shares within the winner's programme only", () => {
    const { settings } = anInput([], { split });
    const both = { programme: settings['programme'], elsewhere: settings['programme'] } as typeof settings;
    const decision = decide([aTouch({ programId: 'elsewhere' }), bensCoupon], {}, { settings: both });
    expect(sharesOf(decision)).to.deep.equal({ ben: 1_000_000 });
    expect(reasonOf(decision, 'touch-1')).to.equal('a coupon touch counts before a link touch');
  });
});

import { expect } from 'chai';
import { listFlags } from '../../../server/flow/attribution/index.ts';
import { HOUR } from '../../../server/shared/clock.ts';
import { aCoupon, aTouch, before, decide } from './a-decision.ts';

const flagged = 'a paid ad (gclid)';

describe('S3 what the merchant reads of flagged sources', () => {
  it('is the flag of the winner, who earns all the same', () => {
    const decision = decide([aTouch({ flagged })]);
    expect(decision.winner?.affiliateName).to.equal('Anna');
    expect(listFlags(decision)).to.deep.equal(['link of Anna: a paid ad (gclid)']);
  });

  it('is nothing of a touch that earns nothing', () => {
    const lost = aTouch({ id: 'lost', at: before(5 * HOUR), flagged });
    const decision = decide([lost, aCoupon()]);
    expect(decision.winner?.affiliateName).to.equal('Ben');
    expect(listFlags(decision)).to.deep.equal([]);
  });

  it('is nothing of decisions that were made before there were flags', () => {
    const { flagged: _none, ...old } = aTouch();
    const decision = decide([old as ReturnType<typeof aTouch>]);
    expect(listFlags(decision)).to.deep.equal([]);
    expect(listFlags({ input: decision.input })).to.deep.equal([]);
  });
});

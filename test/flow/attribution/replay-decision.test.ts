import { expect } from 'chai';
import {
  pickWinningTouch,
  replayDecision,
  type DecisionInput,
} from '../../../server/flow/attribution/index.ts';
import { HOUR } from '../../../server/shared/clock.ts';
import { aCoupon, anInput, aTouch, before, decide } from './a-decision.ts';

const late = aTouch({ id: 'late', affiliateId: 'dora', affiliateName: 'Dora', at: before(HOUR) });
const decision = decide([aTouch(), late, aCoupon()]);

describe('S3 a stored decision is made again from what it embeds', () => {
  it('and is the same, byte for byte', () => {
    expect(replayDecision(decision)).to.deep.equal([]);
    expect(JSON.stringify(pickWinningTouch(decision.input))).to.equal(JSON.stringify(decision));
  });

  it('and is the same when its document added a number and a time', () => {
    const stored = { ...decision, number: 2, decidedAt: before(0) };
    expect(replayDecision(stored)).to.deep.equal([]);
  });

  it('and every difference is told in words when somebody changed the stored one', () => {
    const [share] = decision.shares;
    if (!share) throw new Error('nobody has a share');
    const stored = {
      ...decision,
      winner: null,
      shares: [{ ...share, sharePpm: 500_000 }],
      hold: 'suspicious',
    };
    expect(replayDecision(stored)).to.deep.equal([
      'the winner is the coupon touch of Ben (coupon ben10), stored: nobody',
      'the commission goes to Ben 100 %, stored: Ben 50 %',
      'the hold is none, stored: suspicious',
    ]);
  });

  it('and a difference that changes no outcome is told as well', () => {
    const stored = { ...decision, losers: decision.losers.toReversed() };
    expect(replayDecision(stored)).to.deep.equal([
      'the same outcome is written down in other words or another order',
    ]);
  });
});

describe('S3 a changed line in the decision code', () => {
  it('shows as a difference: here somebody turned first and last', () => {
    const turned = (input: DecisionInput) => {
      const version = input.settings['programme'];
      if (!version) throw new Error('the programme has no settings');
      const settings = { ...version.settings, touchOrder: 'first' as const, precedence: [['link' as const]] };
      return { ...pickWinningTouch({ ...input, settings: { programme: { ...version, settings } } }), input };
    };
    expect(replayDecision(decision, { decide: turned })).to.deep.equal([
      'the winner is the link touch of Anna (link), stored: the coupon touch of Ben (coupon ben10)',
      'the commission goes to Anna 100 %, stored: Ben 100 %',
      'the link touch of Anna (link) lost because it did not, stored: a coupon touch counts before a link touch',
      'the link touch of Dora (link) lost because an earlier touch counts (23 h earlier), stored: a coupon touch counts before a link touch',
      'the coupon touch of Ben (coupon ben10) lost because the programme does not count coupon touches, stored: it did not',
    ]);
  });
});

describe('S3 another settings version', () => {
  const { settings } = anInput([], { precedence: [['link'], ['coupon']] });
  const [version] = Object.values(settings);
  if (!version) throw new Error('there is a version');

  it('shows exactly what it would change', () => {
    const differences = replayDecision(decision, { settings: { programme: { ...version, version: 2 } } });
    expect(differences.slice(0, 2)).to.deep.equal([
      'the winner is the link touch of Dora (link), stored: the coupon touch of Ben (coupon ben10)',
      'the commission goes to Dora 100 %, stored: Ben 100 %',
    ]);
  });

  it('shows nothing for an order of another programme, and nothing when it decides the same', () => {
    expect(replayDecision(decision, { settings: { elsewhere: version } })).to.deep.equal([]);
    const [same] = Object.values(decision.input.settings);
    expect(
      same && replayDecision(decision, { settings: { programme: { ...same, version: 7 } } }),
    ).to.deep.equal([]);
  });
});

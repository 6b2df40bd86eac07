import { expect } from 'chai';
import {
  accountKindOf,
  POSTING_STATES,
  STATE_MOVES,
  type PostingState,
} from '../../../server/shared/posting-state.ts';

describe('S7 the table of states', () => {
  it('reaches every state from pending, which is where everything begins or is held', () => {
    const reached = new Set<PostingState>(['pending']);
    for (const state of reached) for (const next of STATE_MOVES[state]) reached.add(next);
    expect([...reached].sort()).to.deep.equal([...POSTING_STATES].sort());
  });

  it('ends in paid and rejected, and nowhere else', () => {
    const ends = POSTING_STATES.filter((state) => STATE_MOVES[state].length === 0);
    expect(ends).to.deep.equal(['paid', 'rejected']);
  });

  it('rejects from every state before paid, and from none that a payout holds', () => {
    const rejecting = POSTING_STATES.filter((state) => STATE_MOVES[state].includes('rejected'));
    expect(rejecting).to.deep.equal(['pending', 'approved', 'payable', 'held']);
  });

  it('pays only through payable and a payout', () => {
    expect(POSTING_STATES.filter((state) => STATE_MOVES[state].includes('paid'))).to.deep.equal([
      'in-payout',
    ]);
    expect(POSTING_STATES.filter((state) => STATE_MOVES[state].includes('in-payout'))).to.deep.equal([
      'payable',
    ]);
  });

  it('S12: pending holds what is pending, approved and held', () => {
    const inPending = POSTING_STATES.filter((state) => accountKindOf(state) === 'pending');
    expect(inPending).to.deep.equal(['pending', 'approved', 'held']);
  });
});

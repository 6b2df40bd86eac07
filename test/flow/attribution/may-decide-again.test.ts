import { expect } from 'chai';
import { mayDecideAgain } from '../../../server/flow/attribution/decision/may-decide-again.ts';
import { HOUR } from '../../../server/shared/clock.ts';
import { anInput, aTouch, T } from './a-decision.ts';

const after = (hours: number): Date => new Date(T.getTime() + hours * HOUR);
const decision = { input: anInput([aTouch()], { settleHours: 48 }) };
const evidence = (acceptedAt: number, lookedAtUntil: number) => ({
  acceptedAt: after(acceptedAt),
  lookedAtUntil: after(lookedAtUntil),
});

describe('S3 a decision may be made again', () => {
  it('while the settle time runs, its last moment included', () => {
    expect(mayDecideAgain(decision, evidence(0, 0), after(48))).to.equal(true);
  });

  it('not afterwards', () => {
    expect(mayDecideAgain(decision, evidence(0, 0), after(48.001))).to.equal(false);
    expect(mayDecideAgain(decision, evidence(49, 0), after(50))).to.equal(false);
  });

  it('afterwards for evidence that was accepted in time and waited in a backlog', () => {
    expect(mayDecideAgain(decision, evidence(47, 0), after(50))).to.equal(true);
  });

  it('not longer because of a programme that only a person brought in (S11)', () => {
    const { settings } = anInput([], { settleHours: 720 });
    const assigned = aTouch({ id: 'manual', class: 'manual', programId: 'other' });
    const both = { ...decision.input.settings, other: settings['programme'] } as typeof settings;
    const input = { ...decision.input, touches: [...decision.input.touches, assigned], settings: both };
    expect(mayDecideAgain({ input }, evidence(0, 0), after(49))).to.equal(false);
  });

  it('but only once', () => {
    expect(mayDecideAgain(decision, evidence(47, 47), after(50))).to.equal(false);
  });
});

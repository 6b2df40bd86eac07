import { expect } from 'chai';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTurns } from '../../../server/platform/http/ahead/wait-for-turn.ts';

/** Begun at once, begun later, and refused, of so many that come in one turn of the event loop. */
function arrive(takeTurn: ReturnType<typeof createTurns>, count: number) {
  const begun: number[] = [];
  const outcomes = { atOnce: 0, waiting: 0, refused: 0 };
  for (let number = 0; number < count; number += 1) {
    const turn = takeTurn();
    if (turn === 'rush') outcomes.refused += 1;
    else if (turn === undefined) outcomes.atOnce += 1;
    else {
      outcomes.waiting += 1;
      void turn.then(() => begun.push(number));
    }
  }
  return { outcomes, begun };
}

describe('when very many ask at the same moment', () => {
  it('two hundred begin at once', () => {
    const { outcomes } = arrive(createTurns(), 200);
    expect(outcomes).to.deep.equal({ atOnce: 200, waiting: 0, refused: 0 });
  });

  it('others begin in the turns that follow, in their order, and who has no place to wait knows at once', async () => {
    const { outcomes, begun } = arrive(createTurns(), 3_000);
    expect(outcomes).to.deep.equal({ atOnce: 250, waiting: 1_500, refused: 1_250 });
    await nextTurn();
    expect(begun.length).to.be.within(250, 500);
    while (begun.length < 1_500) await nextTurn();
    expect(begun).to.deep.equal(Array.from({ length: 1_500 }, (_, index) => 250 + index));
  });

  it('who comes while others wait does not overtake them', async () => {
    const takeTurn = createTurns();
    arrive(takeTurn, 1_000);
    await nextTurn();
    expect(arrive(takeTurn, 10).outcomes).to.deep.equal({ atOnce: 0, waiting: 10, refused: 0 });
  });

  it('all is as before once they are done', async () => {
    const takeTurn = createTurns();
    const { begun } = arrive(takeTurn, 3_000);
    while (begun.length < 1_500) await nextTurn();
    await nextTurn();
    expect(arrive(takeTurn, 250).outcomes.atOnce).to.equal(250);
  });
});

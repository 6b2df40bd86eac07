import { expect } from 'chai';
import { createTraffic } from '../../../server/platform/jobs/index.ts';

/** Whether a promise is settled by the next turn of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setImmediate(() => resolve('later')));
  return (await Promise.race([promise.then(() => 'settled'), later])) === 'settled';
}

describe('work that can wait', () => {
  it('goes on at once while few ask', async () => {
    const traffic = createTraffic();
    for (let count = 0; count < 19; count += 1) traffic.note();
    expect(await isSettled(traffic.giveWay())).to.equal(true);
  });

  it('gives way while many ask, one piece after the other, and goes on when they are gone', async () => {
    const traffic = createTraffic();
    for (let count = 0; count < 20; count += 1) traffic.note();
    const done: number[] = [];
    // More than give way until the requests are gone.
    const pieces = Array.from({ length: 30 }, (_, index) => index);
    const work = pieces.map((piece) => traffic.giveWay().then(() => done.push(piece)));
    expect(await isSettled(Promise.race(work))).to.equal(false);
    await Promise.all(work);
    expect(done).to.deep.equal(pieces);
    expect(await isSettled(traffic.giveWay())).to.equal(true);
  });

  it('goes on while requests never end', async () => {
    const traffic = createTraffic();
    const ask = (): void => {
      for (let count = 0; count < 50; count += 1) traffic.note();
    };
    ask();
    const flood = setInterval(ask, 5);
    const done: number[] = [];
    await Promise.all([1, 2, 3].map((piece) => traffic.giveWay().then(() => done.push(piece))));
    clearInterval(flood);
    expect(done).to.deep.equal([1, 2, 3]);
  });

  it('rests while many ask, and not in quiet times', async () => {
    const traffic = createTraffic();
    expect(await isSettled(traffic.rest(1))).to.equal(true);
    for (let count = 0; count < 20; count += 1) traffic.note();
    const rested = traffic.rest(1);
    expect(await isSettled(rested)).to.equal(false);
    await rested;
  });
});

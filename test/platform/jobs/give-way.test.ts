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
    const work = [1, 2, 3].map((piece) => traffic.giveWay().then(() => done.push(piece)));
    expect(await isSettled(Promise.race(work))).to.equal(false);
    await Promise.all(work);
    expect(done).to.deep.equal([1, 2, 3]);
    expect(await isSettled(traffic.giveWay())).to.equal(true);
  });

  it('is not stopped by requests that never end', async () => {
    const traffic = createTraffic();
    const flood = setInterval(() => {
      for (let count = 0; count < 50; count += 1) traffic.note();
    }, 5);
    for (let count = 0; count < 50; count += 1) traffic.note();
    await Promise.all([traffic.giveWay(), traffic.giveWay()]);
    clearInterval(flood);
  });
});

import { expect } from 'chai';
import { rememberResult } from '../server/remember-result.ts';

describe('work whose result is remembered', () => {
  it('is done once, also for those who ask at the same moment', async () => {
    let times = 0;
    const ask = rememberResult(() => Promise.resolve((times += 1)));
    expect(await Promise.all([ask(), ask()])).to.deep.equal([1, 1]);
    expect(await ask()).to.equal(1);
  });

  it('is tried again after it failed', async () => {
    let times = 0;
    const ask = rememberResult(() => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('disk away')) : Promise.resolve('built');
    });
    expect(await ask().catch((error: Error) => error.message)).to.equal('disk away');
    expect(await ask()).to.equal('built');
  });
});

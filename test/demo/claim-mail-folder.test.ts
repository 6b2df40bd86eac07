import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { claimMailFolder } from '../../server/demo/claim-mail-folder.ts';

describe('the folder for the mails of a demo', () => {
  const seed = 810_100;
  const claimed: string[] = [];
  const claim = async () => {
    const folder = await claimMailFolder(seed);
    claimed.push(folder.path);
    return folder;
  };
  afterEach(() => Promise.all(claimed.splice(0).map((path) => rm(path, { recursive: true, force: true }))));

  it('is the same for the next run of a seed, and empty again', async () => {
    const first = await claim();
    await writeFile(join(first.path, 'old.eml'), '');
    await first.release();
    const second = await claim();
    expect(second.path).to.equal(first.path);
    expect(await readdir(second.path)).to.deep.equal(['.running']);
  });

  it('is another one while a run of the seed still uses it', async () => {
    const [first, second] = [await claim(), await claim()];
    expect(second.path).to.equal(`${first.path}-2`);
  });
});

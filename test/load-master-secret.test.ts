import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadMasterSecret } from '../server/load-master-secret.ts';

describe('the master secret', () => {
  let dataDir: string;
  let file: string;
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'refledger-secret-')), 'data');
    file = join(dataDir, 'master-secret');
  });
  afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }));

  const load = (configured?: string) => loadMasterSecret(dataDir, configured);
  const refusalOf = (attempt: Promise<string>) =>
    attempt.then(
      () => 'accepted',
      (error: unknown) => String(error),
    );

  it('is made at the first start, for its owner alone, and stays the same', async () => {
    const secret = await load();
    expect(Buffer.from(secret, 'base64')).to.have.length(32);
    expect(await load()).to.equal(secret);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect((await stat(dataDir)).mode & 0o777).to.equal(0o700);
  });

  it('is one and the same for starts at the same moment, and nothing else is left', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => load()));
    expect(new Set(secrets)).to.have.property('size', 1);
    expect(await readFile(file, 'utf8')).to.equal(secrets[0]);
    expect(await readdir(dataDir)).to.deep.equal(['master-secret']);
  });

  it('is refused when its file is empty or cut short, and the file is left as it is', async () => {
    await load();
    for (const text of ['', '\n', 'x'.repeat(31)]) {
      await writeFile(file, text);
      expect(await refusalOf(load()))
        .to.include('no usable secret')
        .and.include('backup');
      expect(await readFile(file, 'utf8')).to.equal(text);
    }
  });

  it('is taken from the configuration when it is given there, without a file', async () => {
    expect(await load('a configured secret, long enough')).to.equal('a configured secret, long enough');
    expect(await readdir(join(dataDir, '..'))).to.deep.equal([]);
  });
});

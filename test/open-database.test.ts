import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase, type Database } from '../server/open-database.ts';

describe('the database of a server without a MongoDB', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'rl-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const open = (dataDir: string) => openDatabase({ mongodbUri: undefined, dataDir });
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  const answers = async ({ connection }: Database) =>
    (await connection.db?.command({ ping: 1 }))?.['ok'] as unknown;

  it('lies in folders of its owner alone and listens on a socket there, again after a restart', async () => {
    const dataDir = join(parent, 'data');
    for (const start of ['first', 'second']) {
      const database = await open(dataDir);
      expect(await answers(database), start).to.equal(1);
      expect((await stat(join(dataDir, 'store.sock'))).isSocket()).to.equal(true);
      expect([await modeOf(dataDir), await modeOf(join(dataDir, 'store'))]).to.deep.equal([0o700, 0o700]);
      await database.close();
    }
  });

  it("goes by the server's clock, so that nothing expires before its time in a month that is made up", async () => {
    const then = new Date('2026-10-01T08:00:00Z');
    const database = await openDatabase({ mongodbUri: undefined, dataDir: join(parent, 'data') }, () => then);
    expect((await database.connection.db?.command({ hello: 1 }))?.['localTime']).to.deep.equal(then);
    await database.close();
  });

  it('is reached over loopback when the path is too long for a socket', async () => {
    const dataDir = join(parent, 'a-long-name-of-a-folder'.repeat(5));
    const database = await open(dataDir);
    expect(await answers(database)).to.equal(1);
    const missing = await stat(join(dataDir, 'store.sock')).catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(missing).to.equal('ENOENT');
    await database.close();
  });
});

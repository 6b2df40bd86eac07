import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { pino } from 'pino';
import { createJobs, createLeaseStore } from '../../../server/platform/jobs/index.ts';
import { newId } from '../../../server/shared/ids.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';

describe('a job that two processes could run', () => {
  let database: TestDatabase;
  let connection: Connection;
  let now: Date;
  before(async () => {
    database = await startDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
  });
  beforeEach(async () => {
    now = new Date('2026-10-01T08:00:00Z');
    await connection.collection('leases').deleteMany({});
  });
  after(async () => {
    await connection.close();
    await database.stop();
  });

  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line) => void errors.push(line) });
  const aProcess = (run: (mayGoOn: () => Promise<boolean>) => Promise<unknown>) =>
    createJobs({
      leases: createLeaseStore(connection),
      jobs: [{ name: 'job', everySeconds: 3600, run }],
      clock: () => now,
      newId,
      log,
    });

  it('runs in one of them while the other is at it', async () => {
    const ran: string[] = [];
    let finish = (): void => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const first = aProcess(async () => {
      ran.push('first');
      begun();
      await working;
    });
    const second = aProcess(() => Promise.resolve(ran.push('second')));
    const turn = first.runNow('job');
    await started;
    await second.runNow('job');
    expect(ran).to.deep.equal(['first']);
    finish();
    await turn;
    await second.runNow('job');
    expect(ran).to.deep.equal(['first', 'second']);
  });

  it('is taken over from a process that died, which may not go on when it wakes up', async () => {
    const answers: boolean[] = [];
    const second = aProcess(async (mayGoOn) => answers.push(await mayGoOn()));
    const first = aProcess(async (mayGoOn) => {
      now = new Date('2026-10-01T08:05:00Z');
      await second.runNow('job');
      answers.push(await mayGoOn());
    });
    await first.runNow('job');
    expect(answers).to.deep.equal([true, false]);
  });

  it('is told to end when its process ends', async () => {
    const answers: boolean[] = [];
    const jobs = aProcess(async (mayGoOn) => {
      answers.push(await mayGoOn());
      const ended = jobs.stop();
      answers.push(await mayGoOn());
      void ended;
    });
    await jobs.runNow('job');
    expect(answers.slice(0, 2)).to.deep.equal([true, false]);
  });

  it('that fails is logged and due again', async () => {
    let tries = 0;
    const jobs = aProcess(() => Promise.reject(new Error(`try ${(tries += 1)}`)));
    await jobs.runNow('job');
    await jobs.runNow('job');
    expect(tries).to.equal(2);
    expect(errors.join(' ')).to.contain('job failed');
  });
});

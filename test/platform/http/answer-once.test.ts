import { expect } from 'chai';
import {
  createAnswerOnce,
  createIdempotencyStore,
  type AnswerOnce,
} from '../../../server/platform/http/index.ts';
import { judgeEarlierWrite } from '../../../server/platform/http/judge-earlier-write.ts';
import { connectMongo, type Connection } from '../../../server/platform/mongo/index.ts';
import { newId } from '../../../server/shared/ids.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';

const MINUTE = 60_000;
const NOON = new Date('2026-05-01T12:00:00Z');

describe('the same write sent more than once', () => {
  let database: TestDatabase;
  let connection: Connection;
  let first: AnswerOnce;
  let second: AnswerOnce;
  let stop: () => Promise<void>;
  let now = NOON;
  before(async () => {
    database = await startDatabase();
    const processes = [await aProcess(), await aProcess()] as const;
    [first, second] = processes.map((each) => each.answerOnce) as [AnswerOnce, AnswerOnce];
    connection = processes[0].connection;
    stop = async () => {
      for (const each of processes) await each.connection.close();
      await database.stop();
    };
  });
  beforeEach(() => {
    now = NOON;
  });
  after(() => stop());

  /** A server process: it shares the database with the others and nothing else. */
  async function aProcess() {
    const own = await connectMongo(database.uri);
    const records = createIdempotencyStore(own);
    const deps = { records, clock: () => now, newId, masterSecret: 'the master secret of this test' };
    return { connection: own, answerOnce: createAnswerOnce(deps) };
  }
  const aWrite = (request: unknown = ['POST', '/x', {}]) => ({ merchantId: 'm-1', key: newId(), request });
  const answering = (text: string) => () => Promise.resolve({ status: 201, text });
  const neverRun = () => Promise.reject(new Error('the write ran a second time'));
  const outcomeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'answered',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );

  it('is answered from memory, also by another process', async () => {
    const write = aWrite();
    const answer = await first(write, answering('{"id":1}'));
    const repeat = await second(write, neverRun);
    expect(answer).to.deep.equal({ status: 201, text: '{"id":1}', replayed: false });
    expect(repeat).to.deep.equal({ status: 201, text: '{"id":1}', replayed: true });
  });

  it('is another write for another merchant', async () => {
    const write = aWrite();
    await first(write, answering('theirs'));
    const answer = await first({ ...write, merchantId: 'm-2' }, answering('ours'));
    expect(answer).to.include({ text: 'ours', replayed: false });
  });

  it('is refused when it is not the same', async () => {
    const write = aWrite();
    await first(write, answering('first'));
    const changed = { ...write, request: ['POST', '/x', { amount: 2 }] };
    expect(await outcomeOf(first(changed, neverRun))).to.equal('idempotency-conflict');
  });

  it('asks the second sender to wait while the first is worked on', async () => {
    const write = aWrite();
    const gate = aGate();
    const running = first(write, gate.pass);
    await gate.reached;
    const refusal = await second(write, neverRun).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'idempotency-conflict', retryAfterSeconds: 1 });
    gate.open({ status: 201, text: 'done' });
    expect((await running).text).to.equal('done');
  });

  it('runs once when ten arrive together', async () => {
    const write = aWrite();
    let runs = 0;
    const run = () => {
      runs += 1;
      return Promise.resolve({ status: 201, text: 'done' });
    };
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => outcomeOf((index % 2 ? first : second)(write, run))),
    );
    expect(runs).to.equal(1);
    for (const outcome of outcomes) expect(outcome).to.be.oneOf(['answered', 'idempotency-conflict']);
  });

  it('may be corrected after it was refused, under the same key', async () => {
    const write = aWrite();
    await outcomeOf(first(write, () => Promise.reject(new Error('refused'))));
    const corrected = { ...write, request: ['POST', '/x', { name: 'Anna' }] };
    expect((await first(corrected, answering('done'))).replayed).to.equal(false);
  });

  it('is taken over from a dead process when its lease ends, and not before', async () => {
    const write = aWrite();
    const gate = aGate();
    void first(write, gate.pass);
    await gate.reached;
    now = new Date(NOON.getTime() + MINUTE - 1);
    expect(await outcomeOf(second(write, neverRun))).to.equal('idempotency-conflict');
    now = new Date(NOON.getTime() + MINUTE);
    expect((await second(write, answering('done'))).text).to.equal('done');
    expect((await second(write, neverRun)).replayed).to.equal(true);
  });

  it('keeps the answer of the process that took over, should the first one wake up', async () => {
    const write = aWrite();
    const gate = aGate();
    const sleeper = first(write, gate.pass);
    await gate.reached;
    now = new Date(NOON.getTime() + MINUTE);
    await second(write, answering('of the second'));
    gate.open({ status: 201, text: 'of the first' });
    await sleeper;
    expect((await second(write, neverRun)).text).to.equal('of the second');
  });

  it('leaves nothing readable in the database, and is forgotten after two days', async () => {
    const write = aWrite(['POST', '/login', { password: 'hunter2' }]);
    await first(write, answering('{"secret":"whsec_abc"}'));
    const record = await connection.collection('idempotency').findOne({ key: write.key });
    expect(JSON.stringify(record)).to.not.match(/hunter2|whsec_abc/);
    expect(record?.['expiresAt']).to.deep.equal(new Date(NOON.getTime() + 48 * 60 * MINUTE));
    const indexes = await connection.collection('idempotency').indexes();
    expect(indexes.some((index) => index.expireAfterSeconds === 0)).to.equal(true);
  });
});

describe('an earlier write under the same key', () => {
  const record = {
    _id: 'r',
    merchantId: 'm-1',
    key: 'k',
    fingerprint: 'same',
    state: 'running' as const,
    run: 'run-1',
    leaseUntil: NOON,
    status: null,
    answer: null,
    expiresAt: NOON,
  };
  const justBefore = new Date(NOON.getTime() - 1);

  it('is replayed, waited for, taken over, or in the way', () => {
    expect(judgeEarlierWrite({ ...record, state: 'answered' }, 'same', NOON)).to.equal('replay');
    expect(judgeEarlierWrite(record, 'same', justBefore)).to.equal('running');
    expect(judgeEarlierWrite(record, 'same', NOON)).to.equal('dead');
    expect(judgeEarlierWrite(record, 'other', NOON)).to.equal('other-body');
  });
});

/** A run that tells when it was reached, and ends when the gate is opened. */
function aGate() {
  let open: (answer: { status: number; text: string }) => void = () => undefined;
  let reach: () => void = () => undefined;
  const opened = new Promise<{ status: number; text: string }>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const pass = () => {
    reach();
    return opened;
  };
  return { open: (answer: { status: number; text: string }) => open(answer), reached, pass };
}

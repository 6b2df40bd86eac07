import { HOUR, SECOND, type Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import { canonicalJson } from '../../shared/hash.ts';
import type { NewId } from '../../shared/ids.ts';
import { decryptSecret, deriveKey, encryptSecret, keyedHash } from '../crypto/index.ts';
import type { IdempotencyRecord } from './idempotency.model.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { judgeEarlierWrite } from './judge-earlier-write.ts';
import { RetryLater } from './retry-later.ts';

const REMEMBERED_FOR = 48 * HOUR;
/** Longer than any request may take: only the run of a dead process is older. */
const LEASE = 60 * SECOND;
const MOST_TRIES = 5;

/** An answer as it goes out: the status, and the body as JSON text (empty for none). */
export interface Answer {
  status: number;
  text: string;
}

/** A write that a client marked with an `Idempotency-Key`. */
export interface MarkedWrite {
  merchantId: string;
  key: string;
  /** Everything that makes it the same write: method, address, body. */
  request: unknown;
}

/** Runs a marked write at most once, and answers its repeats with the stored answer (`replayed`). */
export type AnswerOnce = (
  write: MarkedWrite,
  run: () => Promise<Answer>,
) => Promise<Answer & { replayed: boolean }>;

/**
 * Makes the memory of marked writes. Only the answers of writes that happened are kept: a refused write
 * changed nothing, so that its key is free for the corrected one.
 */
export function createAnswerOnce(deps: {
  records: IdempotencyStore;
  clock: Clock;
  newId: NewId;
  masterSecret: string;
}): AnswerOnce {
  const { records, clock, newId, masterSecret } = deps;
  const fingerprintKey = deriveKey(masterSecret, 'idempotency');
  const placeOf = (record: { _id: string }) => ({ masterSecret, context: `idempotency:${record._id}` });

  function newRecord({ merchantId, key, request }: MarkedWrite): IdempotencyRecord {
    const now = clock().getTime();
    return {
      _id: newId(),
      merchantId,
      key,
      fingerprint: keyedHash(fingerprintKey, canonicalJson(request)),
      state: 'running',
      run: newId(),
      leaseUntil: new Date(now + LEASE),
      status: null,
      answer: null,
      expiresAt: new Date(now + REMEMBERED_FOR),
    };
  }

  async function runAndKeep(mine: IdempotencyRecord, run: () => Promise<Answer>) {
    const answer = await run().catch(async (error: unknown) => {
      await records.release(mine);
      throw error;
    });
    await records.keepAnswer(mine, answer.status, encryptSecret(answer.text, placeOf(mine)));
    return { ...answer, replayed: false };
  }

  function replay(earlier: IdempotencyRecord) {
    const text = decryptSecret(earlier.answer ?? '', placeOf(earlier));
    return { status: earlier.status ?? 200, text, replayed: true };
  }

  return async (write, run) => {
    const mine = newRecord(write);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (await records.claim(mine)) return runAndKeep(mine, run);
      const earlier = await records.find(write.merchantId, write.key);
      if (!earlier) continue;
      const verdict = judgeEarlierWrite(earlier, mine.fingerprint, clock());
      if (verdict === 'replay') return replay(earlier);
      if (verdict === 'other-body') throw otherBody();
      if (verdict === 'running') throw stillRunning();
      const takenOver = await records.takeOver(earlier, mine.run, mine.leaseUntil);
      if (takenOver) return runAndKeep({ ...earlier, run: mine.run }, run);
    }
    throw stillRunning();
  };
}

function otherBody(): DomainError {
  return new DomainError(
    'idempotency-conflict',
    'This Idempotency-Key was used for another request.',
    'Use a new key for each new write, and the same key only to repeat one unchanged.',
  );
}

function stillRunning(): RetryLater {
  const message = 'The same request is still being worked on.';
  return new RetryLater(
    'idempotency-conflict',
    message,
    'Repeat it unchanged after `Retry-After` seconds.',
    1,
  );
}

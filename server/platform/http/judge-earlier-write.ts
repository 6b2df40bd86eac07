import type { IdempotencyRecord } from './idempotency.model.ts';

/** `replay`: answered before. `other-body`: the key means another write. `running`: wait. `dead`: take over. */
export type Verdict = 'replay' | 'other-body' | 'running' | 'dead';

/** What an earlier write under the same key means for this one. */
export function judgeEarlierWrite(earlier: IdempotencyRecord, fingerprint: string, now: Date): Verdict {
  if (earlier.fingerprint !== fingerprint) return 'other-body';
  if (earlier.state === 'answered') return 'replay';
  return earlier.leaseUntil > now ? 'running' : 'dead';
}

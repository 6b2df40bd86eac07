import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RetryLater } from '../../../platform/http/index.ts';
import { SECOND } from '../../../shared/clock.ts';

/** More than the staff of a shop opens orders, far less than a script could ask. */
const QUESTIONS_PER_MINUTE = 120;
const WITHIN_SECONDS = 60;

/**
 * Counts a shop's questions; each process counts for itself.
 * @throws RetryLater `too-many-requests` beyond the limit.
 */
export type LimitQuestions = (storeId: string) => Promise<void>;

/** Wires the limit. */
export function createQuestionLimit(perMinute = QUESTIONS_PER_MINUTE): LimitQuestions {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WITHIN_SECONDS });
  return async (storeId) => {
    try {
      await limiter.consume(storeId);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / SECOND);
      const message = 'Too many questions about orders.';
      throw new RetryLater('too-many-requests', message, 'Wait, then ask again.', seconds);
    }
  };
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RetryLater } from '../../../platform/http/index.ts';
import { SECOND } from '../../../shared/clock.ts';

/**
 * More than any office or proxy sends, far less than a script can: all visitors of a shop may share one address
 * when a proxy stands in front and TRUST_PROXY is not set.
 */
const VISITS_PER_MINUTE = 3_000;
/** Far more than the busiest shop sells; each conversion is an order, and a mail to an affiliate. */
export const CONVERSIONS_PER_MINUTE = 300;
const WITHIN_SECONDS = 60;

/**
 * Counts what an address tells of visits; each is a durable write, and anybody may call. Each process counts for
 * itself.
 * @returns the visits of this minute
 * @throws RetryLater `too-many-requests` beyond the limit.
 */
export type LimitVisits = (ip: string) => Promise<number>;

/** Wires the limit. */
export function createVisitLimit(perMinute = VISITS_PER_MINUTE): LimitVisits {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WITHIN_SECONDS });
  return async (ip) => {
    try {
      return (await limiter.consume(ip)).consumedPoints;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / SECOND);
      const message = 'Too many visits were told.';
      throw new RetryLater('too-many-requests', message, 'Wait, then tell again.', seconds);
    }
  };
}

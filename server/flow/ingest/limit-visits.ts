import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../../shared/clock.ts';
import { RetryLater } from '../../platform/http/index.ts';

/**
 * More than any office or proxy sends, far less than a script can: all visitors of a shop may share one address
 * when a proxy stands in front and TRUST_PROXY is not set.
 */
const VISITS_PER_MINUTE = 3_000;
/** Far more than the busiest shop sells; each conversion is an order, and a mail to an affiliate. */
export const CONVERSIONS_PER_MINUTE = 300;
const WITHIN_SECONDS = 60;

/**
 * Counts what an address tells of visits; each is a durable write, and anybody may call.
 * @throws RetryLater `too-many-requests` beyond the limit. Each process counts for itself.
 */
export function createVisitLimit(perMinute = VISITS_PER_MINUTE): (ip: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WITHIN_SECONDS });
  return async (ip) => {
    try {
      await limiter.consume(ip);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / SECOND);
      throw new RetryLater(
        'too-many-requests',
        'Too many visits were told.',
        'Wait, then tell again.',
        seconds,
      );
    }
  };
}

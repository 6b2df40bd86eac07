import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../../shared/clock.ts';
import { RetryLater } from '../../platform/http/index.ts';
import { hashToken } from '../../platform/crypto/index.ts';

const WITHIN_SECONDS = 900;
const TRIES_PER_ACCOUNT = 10;
const TRIES_PER_ADDRESS = 100; // an office shares one address

/** Counts a try to sign in. @throws RetryLater `too-many-requests` beyond the limit. */
export type LimitSignIn = (email: string, ip: string) => Promise<void>;

/**
 * Limits tries to sign in: per account and address, so that nobody locks another one out, and per address.
 * Each process counts for itself; the memory forgets after fifteen minutes.
 */
export function createSignInLimit(): LimitSignIn {
  const perAccount = new RateLimiterMemory({ points: TRIES_PER_ACCOUNT, duration: WITHIN_SECONDS });
  const perAddress = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WITHIN_SECONDS });
  return async (email, ip) => {
    try {
      await perAddress.consume(ip);
      await perAccount.consume(hashToken(`${email} ${ip}`));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / SECOND);
      throw new RetryLater(
        'too-many-requests',
        'Too many tries to sign in.',
        'Wait, then try again.',
        seconds,
      );
    }
  };
}

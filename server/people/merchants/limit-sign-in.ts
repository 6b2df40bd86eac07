import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../../shared/clock.ts';
import { RetryLater } from '../../platform/http/index.ts';
import { hashToken } from '../../platform/crypto/index.ts';
import { groupAddress } from '../../shared/group-address.ts';

const WITHIN_SECONDS = 900;
const TRIES_PER_ACCOUNT = 10;
const TRIES_PER_ADDRESS = 100; // an office shares one address

/** Limits tries to sign in. */
export interface SignInLimit {
  /** @throws RetryLater `too-many-requests` beyond the limit. */
  countTry(email: string, ip: string): Promise<void>;
  /** Forgets the tries of an account after the right password. */
  forgive(email: string, ip: string): Promise<void>;
}

/**
 * Limits tries per account and address, so that nobody locks another one out, and per address;
 * of IPv6 a network of 64 bits counts as one.
 * Each process counts for itself; the memory forgets after fifteen minutes.
 */
export function createSignInLimit(): SignInLimit {
  const perAccount = new RateLimiterMemory({ points: TRIES_PER_ACCOUNT, duration: WITHIN_SECONDS });
  const perAddress = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WITHIN_SECONDS });
  const accountKey = (email: string, ip: string) => hashToken(`${email} ${groupAddress(ip)}`);
  return {
    async countTry(email, ip) {
      try {
        await perAddress.consume(groupAddress(ip));
        await perAccount.consume(accountKey(email, ip));
      } catch (error) {
        throw error instanceof RateLimiterRes ? tooManyTries(error.msBeforeNext) : error;
      }
    },
    async forgive(email, ip) {
      await perAccount.delete(accountKey(email, ip));
    },
  };
}

function tooManyTries(waitMs: number): RetryLater {
  const seconds = Math.ceil(waitMs / SECOND);
  return new RetryLater('too-many-requests', 'Too many tries to sign in.', 'Wait, then try again.', seconds);
}

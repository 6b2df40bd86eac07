import { timingSafeEqual } from 'node:crypto';
import { deriveKey, keyedHash } from '../../../platform/crypto/index.ts';
import { MINUTE, SECOND, type Clock } from '../../../shared/clock.ts';
import type { OrderKey } from '../../ingest/index.ts';

/** Long enough to read it, too short to be worth passing on. */
const VALID_FOR = 15 * MINUTE;
const LONGEST = 1_000;

/** Signs and reads the last part of `/receipts/<token>`: it names the order, its shop, and its end. */
export interface ReceiptLinks {
  sign(order: OrderKey): { token: string; endsAt: Date };
  /** Undefined for one that was not made here, was changed, or has ended. */
  read(token: string): OrderKey | undefined;
}

/** Links under an installation's master secret; nothing is stored of them. */
export function createReceiptLinks({
  masterSecret,
  clock,
}: {
  masterSecret: string;
  clock: Clock;
}): ReceiptLinks {
  const key = deriveKey(masterSecret, 'receipt-link');
  const isOurs = (facts: string, hash: string): boolean => {
    const [expected, given] = [Buffer.from(keyedHash(key, facts)), Buffer.from(hash)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return {
    sign({ merchantId, storeId, externalId }) {
      const endsAt = new Date(clock().getTime() + VALID_FOR);
      const ends = Math.floor(endsAt.getTime() / SECOND);
      const members = JSON.stringify([merchantId, storeId, externalId, ends]);
      const facts = Buffer.from(members, 'utf8').toString('base64url');
      return { token: `${facts}.${keyedHash(key, facts)}`, endsAt };
    },
    read(token) {
      const [facts = '', hash = '', ...more] = token.length > LONGEST ? [] : token.split('.');
      if (more.length > 0 || !isOurs(facts, hash)) return undefined;
      const [merchantId, storeId, externalId, ends] = JSON.parse(
        Buffer.from(facts, 'base64url').toString('utf8'),
      ) as [string, string, string, number];
      return ends * SECOND > clock().getTime() ? { merchantId, storeId, externalId } : undefined;
    },
  };
}

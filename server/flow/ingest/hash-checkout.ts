import type { KeyedHash } from './hash-buyer.ts';

/**
 * The token of a checkout as it is kept: it opens the buyer's checkout on some platforms, and serves here to find
 * one order of one store alone.
 */
export function hashCheckout(token: string, storeId: string, hash: KeyedHash): string {
  return hash(`checkout:${storeId}:${token}`);
}

import { contentHash } from '../../../shared/hash.ts';
import type { Receipt } from './receipt.ts';

/**
 * A receipt with its hash, so that a change of what arithmetic cannot reach (names, times, reasons) shows as
 * well (S16). Anyone can compute it again: docs/developers/receipts.md.
 */
export function sealReceipt(content: Omit<Receipt, 'hash'>): Receipt {
  return { ...content, hash: contentHash(content) };
}

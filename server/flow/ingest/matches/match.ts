import type { Evidence } from '../../../shared/delivery.ts';

/** What a pixel in the checkout tells of a buyer, written once: evidence for the order of that checkout (S2, S3). */
export interface Match {
  _id: string;
  merchantId: string;
  storeId: string;
  /** A keyed hash of the checkout's token. */
  checkoutHash: string;
  evidence: Evidence[];
  /** When the checkout began, as the buyer's device says; never later than our receipt. */
  checkoutStartedAt: Date | null;
  /** Of what it says, so that the same told twice is one. */
  contentKey: string;
  at: Date;
  expiresAt: Date;
}

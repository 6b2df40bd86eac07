/** The kinds of evidence that an affiliate sent a buyer (S2, S3). */
export const TOUCH_CLASSES = [
  'manual',
  'coupon',
  'customer-binding',
  'link',
  'direct-link',
  'pixel',
  'product-ownership',
] as const;
export type TouchClass = (typeof TOUCH_CLASSES)[number];

/** One piece of evidence that an affiliate sent a buyer; never updated once stored (S2). */
export interface Touch {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  class: TouchClass;
  /** Where it was found, for people: "link", "coupon ANNA10", "cart attribute". */
  carrier: string;
  /** t of S3: our receipt, or what the evidence gives. */
  at: Date;
  code: string | null;
  linkId: string | null;
  visitorKey: string | null;
  /** Why it may never earn, in words: its source is blocked (S3). Null = it is not. */
  blocked: string | null;
  /** What the merchant should know of its source, in words; it earns all the same. Null = nothing. */
  flagged: string | null;
  /** The version of the programme's settings by which its source was judged; null = there was none. */
  settingsVersion: number | null;
}

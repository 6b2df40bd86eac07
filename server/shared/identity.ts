/**
 * What is known of an affiliate as a possible buyer (S9). Everything is a keyed hash under the merchant's buyer
 * key, made like the hashes of buyers, so that the two can be compared and nothing can be read; IP addresses are
 * hashed under a second key, the one of their day, which does not last.
 */
export interface AffiliateIdentity {
  /** Of `<store id>:<customer id>`: their own accounts in the merchant's shops. */
  storeAccounts: string[];
  email: string | null;
  address: string | null;
  payoutAccount: string | null;
  /** Where they signed in to the portal, each hashed under the key of its day, the newest last. */
  visits: { ipHash: string; at: Date }[];
  /** Of the visitor keys of the browsers in which they signed in. */
  browsers: string[];
}

/** An affiliate of whom nothing is known but the e-mail address. */
export const UNKNOWN_IDENTITY: Omit<AffiliateIdentity, 'email'> = {
  storeAccounts: [],
  address: null,
  payoutAccount: null,
  visits: [],
  browsers: [],
};

/** The hash of one day, under a key that is destroyed later: the hash of an address goes in. */
export interface DayHash {
  /** In UTC, e.g. `2026-10-02`. */
  day: string;
  hash: (addressHash: string) => string;
}

/**
 * What is known of an affiliate as a possible buyer (S9). Everything is a keyed hash under the merchant's buyer
 * key, made like the hashes of buyers, so that the two can be compared and nothing can be read.
 */
export interface AffiliateIdentity {
  /** Of `<store id>:<customer id>`: their own accounts in the merchant's shops. */
  storeAccounts: string[];
  email: string | null;
  address: string | null;
  payoutAccount: string | null;
  /** Where they signed in to the portal, the newest last. */
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

import type { AffiliateIdentity } from '../../../shared/identity.ts';
import type { BuyerKeys } from '../../ingest/index.ts';
import type { SelfReferralFacts } from '../decision/decision.ts';

/** A buyer as an order tells of them, in keyed hashes. */
export interface Buyer {
  keys: BuyerKeys;
  /** Of the visitor keys of the browsers that the order's evidence names. */
  browsers: ReadonlySet<string>;
}

/**
 * What of a buyer equals what of an affiliate (S9). What is not known equals nothing. Sign-ins count that came
 * before the order; whether one is recent enough is a setting.
 */
export function compareIdentities(
  affiliate: AffiliateIdentity,
  { keys, browsers }: Buyer,
  placedAt: Date,
): SelfReferralFacts {
  const { customer, email, address, paymentAccount } = keys;
  // Orders of the first version have none.
  const addresses = new Set(((keys.ips as typeof keys.ips | undefined) ?? []).map(({ hash }) => hash));
  const fromThere = affiliate.visits
    .filter(({ ipHash, at }) => addresses.has(ipHash) && at <= placedAt)
    .map(({ at }) => at.getTime());
  return {
    sameStoreAccount: customer !== null && affiliate.storeAccounts.includes(customer),
    sameEmail: isSame(email, affiliate.email),
    sameAddress: isSame(address, affiliate.address),
    samePayoutAccount: isSame(paymentAccount, affiliate.payoutAccount),
    sameIpAt: fromThere.length === 0 ? null : new Date(Math.max(...fromThere)),
    sameBrowser: affiliate.browsers.some((browser) => browsers.has(browser)),
  };
}

/** Orders of the first version hold no hash of some kinds. */
function isSame(buyers: string | null | undefined, affiliates: string | null): boolean {
  return affiliates !== null && affiliates === buyers;
}

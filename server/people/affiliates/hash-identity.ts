import type { AffiliateIdentity } from '../../shared/identity.ts';
import { normaliseAddress } from '../../shared/normalise-address.ts';
import { normalisePaymentAccount } from '../../shared/normalise-payment-account.ts';
import type { NewIdentity } from './affiliate.ts';

/** HMAC-SHA-256 in hex under the merchant's buyer key, as ingest hashes buyers. */
type KeyedHash = (value: string) => string;

/** What was stated about an affiliate, hashed as buyers are (S9); nothing else of it is kept. */
export function hashIdentity(stated: NewIdentity, hash: KeyedHash): Partial<AffiliateIdentity> {
  const { storeAccounts, address, payoutAccount } = stated;
  return {
    ...(storeAccounts && {
      storeAccounts: storeAccounts.map(({ storeId, customerId }) => hash(`${storeId}:${customerId}`)),
    }),
    ...(address !== undefined && { address: hashOrNull(address && normaliseAddress(home(address)), hash) }),
    ...(payoutAccount !== undefined && {
      payoutAccount: hashOrNull(payoutAccount && normalisePaymentAccount(payoutAccount), hash),
    }),
  };
}

function home({ line2, ...address }: NonNullable<NewIdentity['address']>) {
  return { ...address, ...(line2 !== undefined && { line2 }) };
}

function hashOrNull(value: string | null | undefined, hash: KeyedHash): string | null {
  return value ? hash(value) : null;
}

import type { BuyerIdentity } from '../../shared/delivery.ts';
import type { DayHash } from '../../shared/identity.ts';
import { groupAddress } from '../../shared/group-address.ts';
import { normaliseAddress } from '../../shared/normalise-address.ts';
import { normaliseEmail } from '../../shared/normalise-email.ts';
import { normalisePaymentAccount } from '../../shared/normalise-payment-account.ts';
import { hashCustomer } from './hash-customer.ts';
import type { BuyerKeys } from './order.model.ts';

/** HMAC-SHA-256 in hex of a value under the merchant's buyer key, the one that its plugins use as well. */
export type KeyedHash = (value: string) => string;

/**
 * Turns a buyer into the keyed hashes that S8 and S9 compare; everything else is dropped here, before
 * anything is stored. Hashes that the plugin made in the shop under the same key are taken as they are; the one of
 * an IP address, whoever made it, is hashed again under the key of each day, because those are destroyed.
 */
export function hashBuyer(
  buyer: BuyerIdentity,
  storeId: string,
  hash: KeyedHash,
  days: readonly DayHash[],
): BuyerKeys {
  const email = buyer.email === null ? undefined : normaliseEmail(buyer.email);
  const address = buyer.address === null ? undefined : normaliseAddress(buyer.address);
  const paymentAccount = normalisePaymentAccount(buyer.paymentAccount ?? '');
  const ipHash = buyer.ip ? hash(groupAddress(buyer.ip)) : buyer.ipHash;
  return {
    customer: buyer.customerId === null ? null : hashCustomer(buyer.customerId, storeId, hash),
    email: email === undefined ? buyer.emailHash : hash(email),
    address: address === undefined ? buyer.addressHash : hash(address),
    ips: ipHash ? days.map(({ day, hash: hashOfDay }) => ({ day, hash: hashOfDay(ipHash) })) : [],
    paymentAccount: paymentAccount === undefined ? (buyer.paymentAccountHash ?? null) : hash(paymentAccount),
    earlierOrders: buyer.earlierOrders,
  };
}

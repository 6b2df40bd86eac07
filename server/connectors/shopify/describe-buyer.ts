import type { BuyerIdentity } from '../../shared/delivery.ts';
import type { OrderBody } from './order.schema.ts';

type Address = NonNullable<OrderBody['billing_address']>;

/**
 * The buyer as the body describes them, for S8 and S9. Without the merchant's approval for protected data
 * e-mail and address are null (shopify.md 7). `orders_count` is left aside: it counts later orders too.
 */
export function describeBuyer(order: OrderBody): BuyerIdentity {
  return {
    customerId: order.customer?.id ?? null,
    email: order.email || order.customer?.email || null,
    address: describeAddress(order.billing_address ?? order.shipping_address),
    emailHash: null,
    addressHash: null,
    earlierOrders: null,
  };
}

function describeAddress(address: Address | null | undefined): BuyerIdentity['address'] {
  if (!address?.address1 || !address.country_code) return null;
  return {
    country: address.country_code,
    postcode: address.zip ?? '',
    city: address.city ?? '',
    line1: address.address1,
    ...(address.address2 ? { line2: address.address2 } : {}),
  };
}

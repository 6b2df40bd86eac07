import type { BuyerIdentity } from '../../shared/delivery.ts';
import type { OrderBody } from './order.schema.ts';

type Address = OrderBody['billing'];

/** The buyer as the order describes them, for S8 and S9. A guest's customer id is 0. */
export function describeBuyer(order: OrderBody): BuyerIdentity {
  return {
    customerId: order.customer_id === '0' ? null : order.customer_id,
    email: order.billing.email || null,
    address: describeAddress(order.billing) ?? describeAddress(order.shipping),
    emailHash: null,
    addressHash: null,
    earlierOrders: null,
  };
}

function describeAddress(address: Address | null | undefined): BuyerIdentity['address'] {
  if (!address?.address_1 || !address.country) return null;
  return {
    country: address.country,
    postcode: address.postcode ?? '',
    city: address.city ?? '',
    line1: address.address_1,
    ...(address.address_2 ? { line2: address.address_2 } : {}),
  };
}

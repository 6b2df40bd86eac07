import type { Order, OrderStore } from '../../ingest/index.ts';
import type { AttributionStore } from '../attribution.store.ts';
import { compareOrders } from '../decision/compare-orders.ts';
import type { EarlierOrder } from '../decision/decision.ts';
import { describeEarlierOrder, describeOrderFacts } from './describe-earlier-order.ts';

/** Of a buyer with more earlier orders than twice this, the oldest and the newest count. */
const MOST_EARLIER_ORDERS = 50;

/**
 * The earlier orders of the same buyer as of T (S3), the oldest first: of the same account in the shop, or of the
 * same mailbox in any shop of the merchant.
 */
export async function readEarlierOrders(
  order: Order & { placedAt: Date },
  { orders, attributions }: { orders: OrderStore; attributions: AttributionStore },
): Promise<EarlierOrder[]> {
  const { merchantId, buyer, placedAt } = order;
  const found = await orders.ofBuyerUntil(merchantId, buyer, placedAt, MOST_EARLIER_ORDERS);
  const credits = await attributions.creditsOf(
    merchantId,
    found.map(({ _id }) => _id),
  );
  return found
    .flatMap((earlier) => describeOrderFacts(earlier, credits.get(earlier._id) ?? null) ?? [])
    .filter((earlier) => compareOrders(earlier, order) < 0)
    .map((earlier) => describeEarlierOrder(earlier, placedAt))
    .toSorted(compareOrders);
}

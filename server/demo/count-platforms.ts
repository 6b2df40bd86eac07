import { groupBy } from './plan/group-by.ts';
import type { MonthPlan, ShopChannel } from './plan/month-plan.ts';
import { refundOf } from './plan/order-facts.ts';

/** What one platform sent in the month. */
export interface PlatformFigures {
  name: string;
  orders: number;
  /** All that was sent, repeats too. */
  deliveries: number;
  repeated: number;
  outOfOrder: number;
  refunded: number;
  edited: number;
}

const NAMES: Record<ShopChannel, string> = {
  shopify: 'Shopify',
  'woocommerce-plugin': 'WooCommerce, plugin',
  'woocommerce-webhooks': 'WooCommerce, core webhooks',
};

/** Counts a plan by platform, in the order of the shops. */
export function countPlatforms({ shops, orders, deliveries }: MonthPlan): PlatformFigures[] {
  return [...groupBy(shops, ({ channel }) => channel).keys()].map((channel) => {
    const own = orders.filter(({ shop }) => shop.channel === channel);
    const sent = deliveries.filter(({ order }) => order.shop.channel === channel);
    return {
      name: NAMES[channel],
      orders: own.length,
      deliveries: sent.length,
      repeated: sent.filter(({ repeated }) => repeated).length,
      outOfOrder: sent.filter(({ outOfOrder }) => outOfOrder).length,
      refunded: own.filter(refundOf).length,
      edited: own.filter(({ change }) => change?.kind === 'edit').length,
    };
  });
}

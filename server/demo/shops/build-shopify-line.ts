import { PPM } from '../../shared/rates.ts';
import type { PlannedLine, PlannedOrder, Stage } from '../plan/month-plan.ts';
import { shopifyMoney } from './shopify-money.ts';

/** A member of `line_items`. `quantity` stays what was bought; only `current_quantity` falls (shopify.md 9). */
export function buildShopifyLine(line: PlannedLine, order: PlannedOrder, stage: Stage): object {
  const { shop, coupon } = order;
  const money = shopifyMoney(shop.currency);
  const { id, good, quantity, discount, tax } = line;
  const allocation = { amount: money.scalar(discount), amount_set: money.set(discount) };
  const taxLine = {
    title: 'VAT',
    rate: shop.taxPpm / PPM,
    price: money.scalar(tax),
    price_set: money.set(tax),
  };
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    product_id: good.productId,
    title: good.title,
    name: good.title,
    sku: `SKU-${good.productId}`,
    vendor: shop.name,
    quantity,
    current_quantity: quantity - countUnitsGone(line, order, stage),
    fulfillable_quantity: quantity,
    fulfillment_status: null,
    price: money.scalar(good.price),
    price_set: money.set(good.price),
    total_discount: money.scalar(0n),
    total_discount_set: money.set(0n),
    discount_allocations: coupon ? [{ ...allocation, discount_application_index: 0 }] : [],
    tax_lines: shop.taxPpm > 0 ? [taxLine] : [],
    taxable: shop.taxPpm > 0,
    requires_shipping: true,
    gift_card: false,
    properties: [],
  };
}

/** Edited away or refunded: Shopify counts both out. */
function countUnitsGone(line: PlannedLine, { change }: PlannedOrder, stage: Stage): number {
  if (stage !== 'changed') return 0;
  if (change?.kind === 'edit' && change.lineId === line.id) return change.removedUnits;
  if (change?.kind === 'refund-line' && change.lineId === line.id) return change.quantity;
  return 0;
}

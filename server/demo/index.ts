export { expectBalances, type AffiliateFigures } from './expect-balances.ts';
export { startMailSink, type MailSink } from './mail-sink.ts';
export type { MonthPlan, PlannedDelivery, PlannedOrder } from './plan/month-plan.ts';
export { planMonth } from './plan/plan-month.ts';
export { runDemo, type DemoOptions } from './run-demo.ts';
export type { ConnectedShop } from './shops/connected-shop.ts';
export { buildShopifyWebhook } from './shops/fake-shopify.ts';
export { buildSignedBatch, buildWooCommerceWebhook } from './shops/fake-woocommerce.ts';

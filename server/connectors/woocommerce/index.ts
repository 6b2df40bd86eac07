export { translateRestOrder } from './translate-rest-order.ts';
export { wooCommerceRoute, wooCommerceRouteDescriptions } from './woocommerce.routes.ts';
export { parseBody } from './parse-body.ts';
export { translateDelivery } from './translate-delivery.ts';
export { translateLoneRefund } from './translate-lone-refund.ts';
export { createWooClient, type ConnectWoo, type WooClient } from './rest/woo-client.ts';
export { createPull, type Pull } from './pull/create-pull.ts';
export { WooError } from './rest/woo-error.ts';

export { shopifyRoute, shopifyRouteDescriptions } from './shopify.routes.ts';
export { parseBody } from './parse-body.ts';
export { translateDelivery } from './translate-delivery.ts';

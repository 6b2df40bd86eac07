export { translateRestOrder } from './translate-rest-order.ts';
export { createWooCommerceRoutes, wooCommerceRouteDescriptions } from './woocommerce.routes.ts';

export { translateRestOrder } from './translate-rest-order.ts';
export {
  createWooCommerceRoutes,
  wooCommerceRouteDescriptions,
  type WooCommerceRoutesDeps,
} from './woocommerce.routes.ts';

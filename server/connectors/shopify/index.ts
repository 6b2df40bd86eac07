export { createShopifyRoutes, shopifyRouteDescriptions } from './shopify.routes.ts';

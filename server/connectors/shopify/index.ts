export { createShopifyRoutes, shopifyRouteDescriptions, type ShopifyRoutesDeps } from './shopify.routes.ts';

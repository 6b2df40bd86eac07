export { applyDelivery } from './apply-delivery.ts';
export { createParkedOrder } from './create-parked-order.ts';
export { createIngest } from './create-ingest.ts';
export type { BuyerKeys, BuyerRef, Order } from './order.model.ts';
export type { OrderStore } from './order.store.ts';
export type { StoredTouch } from './touch.model.ts';
export type { TouchStore } from './touch.store.ts';
export { createIngestRouter, ingestDescriptions, touchRoute } from './ingest.routes.ts';
export { orderRoutes } from './order.routes.ts';

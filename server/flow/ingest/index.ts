export { createIngest } from './create-ingest.ts';
export type { KeyedHash } from './hash-buyer.ts';
export type { Order, OrderVersion } from './order.model.ts';
export type { OrderStore } from './order.store.ts';
export type { StoredTouch } from './touch.model.ts';
export type { TouchStore } from './touch.store.ts';
export { createIngestRouter, ingestDescriptions, touchRoute, type LinkTarget } from './ingest.routes.ts';
export { orderRoutes } from './order.routes.ts';

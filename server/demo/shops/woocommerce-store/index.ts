export { restError, type FakeRoute } from './fake-route.ts';
export type { Fault } from './fault.ts';
export { startFakeWooStore, type FakeWooStore } from './start-fake-woo-store.ts';
export { agreeToKeys } from './agree-to-keys.ts';
export { createFakeCoupons } from './woo-coupons.ts';
export { createFakeWebhooks } from './woo-webhooks.ts';

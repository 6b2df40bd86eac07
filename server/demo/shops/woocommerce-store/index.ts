export type { FakeAnswer, FakeRequest, FakeRoute } from './fake-route.ts';
export { restError } from './fake-route.ts';
export type { ChooseFault, Fault } from './fault.ts';
export { startFakeWooStore, type FakeWooStore, type FakeWooStoreOptions } from './start-fake-woo-store.ts';
export { agreeToKeys } from './agree-to-keys.ts';
export { createFakeCoupons } from './woo-coupons.ts';
export { createFakeWebhooks } from './woo-webhooks.ts';

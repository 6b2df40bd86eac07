export type { FakeAnswer, FakeRequest, FakeRoute } from './fake-route.ts';
export { restError } from './fake-route.ts';
export type { ChooseFault, Fault } from './fault.ts';
export { startFakeWooStore, type FakeWooStore, type FakeWooStoreOptions } from './start-fake-woo-store.ts';

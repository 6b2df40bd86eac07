export type { Fault } from './fault.ts';
export { startFakeWooStore, type FakeWooStore } from './start-fake-woo-store.ts';

export { startEmbeddedStore } from './start-embedded-store.ts';
export type { EmbeddedStore, EmbeddedStoreOptions } from './start-embedded-store.ts';

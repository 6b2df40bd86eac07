export { startEmbeddedStore } from './start-embedded-store.ts';
export type { EmbeddedStore, EmbeddedStoreOptions, EmbeddedStoreStats } from './start-embedded-store.ts';

export { startEmbeddedStore } from './start-embedded-store.ts';
export type { EmbeddedStore, EmbeddedStoreOptions } from './start-embedded-store.ts';
export { startStoreThread } from './thread/start-store-thread.ts';
export type { CopiedCollection } from './transfer/copy-database.ts';
export { exportData, importData } from './transfer/move-data.ts';
export type { Address as StoreAddress } from './wire/serve-clients.ts';

export { createStores, type FindAnyStore, type Stores } from './create-stores.ts';
export type { Store } from './store.ts';

import type { Clock } from '../../../shared/clock.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { StoreApi } from '../../../shared/store-api.ts';
import type { StoreSecrets } from '../store-secrets.ts';
import type { StoreStore } from '../store.store.ts';
import type { AccessKeys } from './access-keys.ts';
import type { AuthorizationStore } from './authorization.store.ts';
import type { StoreAccessStore } from './store-access.store.ts';

/** What the use cases of shops' keys take. */
export interface AccessDeps {
  stores: StoreStore;
  secrets: StoreSecrets;
  accesses: StoreAccessStore;
  authorizations: AuthorizationStore;
  keys: AccessKeys;
  /** What is asked of shops. */
  storeApi: StoreApi;
  /** Base64 of the key under which the merchant's plugins hash buyers. */
  buyerKey: (merchantId: string) => string;
  clock: Clock;
  newId: NewId;
  /** Says that a document of this collection has new events. */
  nudge: (collection: string) => void;
}

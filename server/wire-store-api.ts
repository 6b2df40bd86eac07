import type { Config } from './config.ts';
import { createStoreApi, createWooClient } from './connectors/woocommerce/index.ts';
import type { Clock } from './shared/clock.ts';
import type { StoreApi } from './shared/store-api.ts';

/** What is asked of shops, over the network. */
export function wireStoreApi({ config, clock }: { config: Config; clock: Clock }): StoreApi {
  return createStoreApi(createWooClient({ clock, allowPrivate: config.allowPrivateStores }));
}

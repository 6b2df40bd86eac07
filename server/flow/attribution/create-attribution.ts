import type { Connection } from '../../platform/mongo/index.ts';
import { createAttributionStore } from './attribution.store.ts';
import { createOnOrderAccepted, type OnOrderAcceptedDeps } from './on-order-accepted.ts';

/** Wires the attribution stage. */
export function createAttribution(
  deps: Omit<OnOrderAcceptedDeps, 'attributions'> & { connection: Connection },
) {
  const attributions = createAttributionStore(deps.connection);
  return {
    attributions,
    onOrderAccepted: createOnOrderAccepted({ ...deps, attributions }),
  };
}

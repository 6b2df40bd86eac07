import type { Connection } from '../../platform/mongo/index.ts';
import { createAssignOrder } from './assign-order.ts';
import { createAttributionStore } from './attribution.store.ts';
import type { AttributionDeps } from './decide-order.ts';
import { createOnHistoryChanged } from './on-history-changed.ts';
import { createOnOrderAccepted } from './on-order-accepted.ts';
import { createOnTolerancePassed } from './on-tolerance-passed.ts';

/** Wires the attribution stage. */
export function createAttribution(deps: Omit<AttributionDeps, 'attributions'> & { connection: Connection }) {
  const attributions = createAttributionStore(deps.connection);
  const all = { ...deps, attributions };
  return {
    attributions,
    assignOrder: createAssignOrder(all),
    onOrderAccepted: createOnOrderAccepted(all),
    onTolerancePassed: createOnTolerancePassed(all),
    onHistoryChanged: createOnHistoryChanged(all),
  };
}

import type { Connection } from '../../platform/mongo/index.ts';
import { createCommissionStore } from './commission.store.ts';
import { createOnAttributionDecided, type OnAttributionDecidedDeps } from './on-attribution-decided.ts';

/** Wires the commissions stage. */
export function createCommissions(
  deps: Omit<OnAttributionDecidedDeps, 'commissions'> & { connection: Connection },
) {
  const commissions = createCommissionStore(deps.connection);
  return {
    commissions,
    onAttributionDecided: createOnAttributionDecided({ ...deps, commissions }),
  };
}

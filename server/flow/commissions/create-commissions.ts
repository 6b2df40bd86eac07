import type { Connection } from '../../platform/mongo/index.ts';
import { createCommissionStore } from './commission.store.ts';
import { createDecideCommission } from './decide-commission.ts';
import { createOnAttributionDecided, type OnAttributionDecidedDeps } from './on-attribution-decided.ts';
import { createReleaseDue } from './release-due.ts';

/** Wires the commissions stage. */
export function createCommissions(
  deps: Omit<OnAttributionDecidedDeps, 'commissions'> & { connection: Connection },
) {
  const commissions = createCommissionStore(deps.connection);
  const wired = { ...deps, commissions };
  return {
    commissions,
    onAttributionDecided: createOnAttributionDecided(wired),
    decideCommission: createDecideCommission(wired),
    releaseDue: createReleaseDue(wired),
  };
}

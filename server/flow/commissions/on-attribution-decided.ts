import type { Clock } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { blankCommission } from './commission.model.ts';
import type { CommissionStore } from './commission.store.ts';
import { listEvents } from './list-events.ts';
import { loadSale, type LoadSaleDeps } from './load-sale.ts';
import { postVersions } from './posting/post-versions.ts';

export interface OnAttributionDecidedDeps extends LoadSaleDeps {
  commissions: CommissionStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'commissions') => void;
}

/** Posts the difference for every order version that has none yet, and leaves `commission.computed` for each. */
export function createOnAttributionDecided(deps: OnAttributionDecidedDeps) {
  const { commissions, clock, newId } = deps;
  return async ({ merchantId, data }: PendingEvent<'attribution.decided'>): Promise<void> => {
    const { orderId } = data;
    await untilSaved(async () => {
      const loaded = await loadSale(deps, merchantId, orderId);
      const known = (await commissions.byOrder(merchantId, orderId)) ?? blankCommission(merchantId, orderId);
      if (!loaded || loaded.attribution.revision <= known.attributionRevision) {
        return { saved: true, result: undefined };
      }
      const context = { now: clock(), newId };
      const posted = postVersions(loaded.order, loaded.sale, known, context);
      const next = { ...posted, attributionRevision: loaded.attribution.revision };
      const events = listEvents(known, next, context);
      const saved = await commissions.save(next, events);
      if (saved && events.length > 0) deps.nudge('commissions');
      return { saved, result: undefined };
    });
  };
}

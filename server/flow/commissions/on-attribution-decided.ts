import type { Clock } from '../../shared/clock.ts';
import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { ProgramRulesVersion } from '../../shared/program-rules.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { AttributionStore } from '../attribution/index.ts';
import type { OrderStore } from '../ingest/index.ts';
import type { Commission } from './commission.model.ts';
import type { CommissionStore } from './commission.store.ts';
import { describeCreditedSale } from './describe-credited-sale.ts';
import { postVersions } from './post-versions.ts';

export interface OnAttributionDecidedDeps {
  orders: OrderStore;
  attributions: AttributionStore;
  commissions: CommissionStore;
  /** The rule version of a programme that held at a moment. */
  rulesAt(merchantId: string, programId: string, at: Date): Promise<ProgramRulesVersion | undefined>;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'commissions') => void;
}

/** Posts the difference for every order version that has none yet, and leaves `commission.computed` for each. */
export function createOnAttributionDecided(deps: OnAttributionDecidedDeps) {
  const { orders, attributions, commissions, clock, newId } = deps;
  return async ({ merchantId, data }: PendingEvent<'attribution.decided'>): Promise<void> => {
    const { orderId } = data;
    await untilSaved(async () => {
      const attribution = await attributions.byOrder(merchantId, orderId);
      const order = await orders.byId(merchantId, orderId);
      const known = (await commissions.byOrder(merchantId, orderId)) ?? blank(merchantId, orderId);
      const isNews = attribution && attribution.revision > known.attributionRevision;
      const decision = attribution?.decisions.at(-1);
      if (!order || !isNews || !decision) return { saved: true, result: undefined };
      const { winner, input } = decision;
      const rules = winner && (await deps.rulesAt(merchantId, winner.programId, input.placedAt));
      const sale = describeCreditedSale(decision, rules ?? null);
      const now = clock();
      const postings = postVersions(order, sale, known, { now, newId });
      const next: Commission = {
        ...known,
        attributionRevision: attribution.revision,
        orderVersion: order.versions.length,
        postings: [...known.postings, ...postings],
      };
      const events = postings.map(({ id: postingId }) =>
        pendingEvent('commission.computed', merchantId, { orderId, postingId }, { id: newId(), now }),
      );
      const saved = await commissions.save(next, events);
      if (saved && events.length > 0) deps.nudge('commissions');
      return { saved, result: undefined };
    });
  };
}

function blank(merchantId: string, orderId: string): Commission {
  return { _id: orderId, merchantId, revision: 0, attributionRevision: 0, orderVersion: 0, postings: [] };
}

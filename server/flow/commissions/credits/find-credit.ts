import type { Clock } from '../../../shared/clock.ts';
import type { AttributionStore } from '../../attribution/index.ts';
import type { Order, OrderKey, OrderStore } from '../../ingest/index.ts';
import type { Commission } from '../commission.model.ts';
import type { CommissionStore } from '../commission.store.ts';
import type { Credit } from './credit.ts';
import { describeCredit, UNKNOWN_ORDER } from './describe-credit.ts';

export interface FindCreditDeps {
  orders: OrderStore;
  attributions: AttributionStore;
  commissions: CommissionStore;
  clock: Clock;
}

/** What is known of one order of one shop. */
export interface FoundCredit {
  credit: Credit;
  /** Null where the order is not here. */
  order: Order | null;
  commission: Commission | null;
}

export type FindCredit = (order: OrderKey) => Promise<FoundCredit>;

/** Finds who is credited for an order of a shop; another shop's order is as if it were not there. */
export function createFindCredit({ orders, attributions, commissions, clock }: FindCreditDeps): FindCredit {
  return async ({ merchantId, storeId, externalId }) => {
    const order = await orders.find({ merchantId, storeId, externalId });
    const snapshot = order?.versions.at(-1)?.snapshot;
    if (!order || !snapshot) return { credit: UNKNOWN_ORDER, order: null, commission: null };
    const attribution = await attributions.byOrder(merchantId, order._id);
    const commission = await commissions.byOrder(merchantId, order._id);
    const { number: orderNumber, currency } = snapshot;
    const decision = attribution?.decisions.at(-1);
    const credit = describeCredit({ orderNumber, currency, decision, commission }, clock());
    return { credit, order, commission: commission ?? null };
  };
}

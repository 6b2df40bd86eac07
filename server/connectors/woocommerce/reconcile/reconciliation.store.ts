import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import type { StoreRef } from '../../../shared/store-orders.ts';
import { defineReconciliationModel, type ReconciliationDocument } from './reconciliation.model.ts';
import type { Reconciliation } from './reconciliation.ts';

export interface ReconciliationStore {
  insert(reconciliation: Reconciliation): Promise<void>;
  list(merchantId: string, filter: { storeId?: string }, page: PageRequest): Promise<Page<Reconciliation>>;
  /** Of all merchants, for the job that does them: the oldest first. */
  waiting(): Promise<Reconciliation[]>;
  update(before: Reconciliation, change: Partial<Reconciliation>): Promise<Reconciliation>;
  /** Of those that the calendar began. */
  newest(store: StoreRef): Promise<Reconciliation | undefined>;
}

export function createReconciliationStore(connection: Connection): ReconciliationStore {
  const reconciliations = defineReconciliationModel(connection);
  return {
    async insert({ id: _id, ...facts }) {
      await reconciliations.create({ _id, ...facts });
    },
    async list(merchantId, filter, { limit, cursor }) {
      const rows = await reconciliations
        .find({ merchantId, ...filter, ...afterCursor(cursor) })
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(rows.map(toReconciliation), limit);
    },
    async waiting() {
      const rows = await reconciliations.find({ status: 'waiting' }).sort({ createdAt: 1 }).lean();
      return rows.map(toReconciliation);
    },
    async update(before, change) {
      await reconciliations.updateOne({ merchantId: before.merchantId, _id: before.id }, { $set: change });
      return { ...before, ...change };
    },
    async newest({ merchantId, storeId }) {
      const found = await reconciliations
        .findOne({ merchantId, storeId, asked: false })
        .sort({ createdAt: -1 })
        .lean();
      return found ? toReconciliation(found) : undefined;
    },
  };
}

function toReconciliation({ _id: id, ...facts }: ReconciliationDocument): Reconciliation {
  return { id, ...facts };
}

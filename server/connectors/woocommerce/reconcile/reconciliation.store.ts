import type { Connection } from 'mongoose';
import type { StoreRef } from '../../../shared/store-orders.ts';
import { defineReconciliationModel, type ReconciliationDocument } from './reconciliation.model.ts';
import type { Reconciliation } from './reconciliation.ts';

export interface ReconciliationStore {
  insert(reconciliation: Reconciliation): Promise<void>;
  update(before: Reconciliation, change: Partial<Reconciliation>): Promise<Reconciliation>;
  newest(store: StoreRef): Promise<Reconciliation | undefined>;
}

export function createReconciliationStore(connection: Connection): ReconciliationStore {
  const reconciliations = defineReconciliationModel(connection);
  return {
    async insert({ id: _id, ...facts }) {
      await reconciliations.create({ _id, ...facts });
    },
    async update(before, change) {
      await reconciliations.updateOne({ merchantId: before.merchantId, _id: before.id }, { $set: change });
      return { ...before, ...change };
    },
    async newest({ merchantId, storeId }) {
      const found = await reconciliations.findOne({ merchantId, storeId }).sort({ createdAt: -1 }).lean();
      return found ? toReconciliation(found) : undefined;
    },
  };
}

function toReconciliation({ _id: id, ...facts }: ReconciliationDocument): Reconciliation {
  return { id, ...facts };
}

import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import { defineAttributionModel, type Attribution } from './attribution.model.ts';

export interface AttributionStore {
  byOrder(merchantId: string, orderId: string): Promise<Attribution | undefined>;
  /** False when another write came first: load and decide again. */
  save(attribution: Attribution, events: PendingEvent[]): Promise<boolean>;
}

export function createAttributionStore(connection: Connection): AttributionStore {
  const attributions = defineAttributionModel(connection);
  return {
    byOrder: async (merchantId, _id) =>
      (await attributions.findOne({ merchantId, _id }).lean<Attribution>()) ?? undefined,
    save: (attribution, events) =>
      saveWithEvents(connection, attributions.collection.name, attribution, events),
  };
}

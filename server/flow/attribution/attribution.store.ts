import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import { defineAttributionModel, type Attribution } from './attribution.model.ts';

export interface AttributionStore {
  byOrder(merchantId: string, orderId: string): Promise<Attribution | undefined>;
  /** Whom the last decision on each order credits, by order id. */
  creditsOf(merchantId: string, orderIds: string[]): Promise<Map<string, Attribution['credited']>>;
  /** Every attribution of a merchant, by order id. */
  all(merchantId: string): AsyncIterable<Attribution>;
  merchantIds(): Promise<string[]>;
  /** False when another write came first: load and decide again. */
  save(attribution: Attribution, events: PendingEvent[]): Promise<boolean>;
}

/** An order that nobody has looked at yet. */
export function blankAttribution(merchantId: string, orderId: string): Attribution {
  return { _id: orderId, merchantId, revision: 0, orderRevision: 0, decisions: [], ...NOTHING_YET };
}

/** Also what attributions of the first version lack. */
const NOTHING_YET = {
  evidenceAt: new Date(0),
  historyAt: new Date(0),
  manualTouches: [],
  credited: null,
  factsHash: null,
  buyers: [],
};

export function createAttributionStore(connection: Connection): AttributionStore {
  const attributions = defineAttributionModel(connection);
  return {
    async byOrder(merchantId, _id) {
      const found = await attributions.findOne({ merchantId, _id }).lean<Attribution>();
      return found ? { ...NOTHING_YET, ...found } : undefined;
    },
    async creditsOf(merchantId, orderIds) {
      if (orderIds.length === 0) return new Map();
      const found = await attributions
        .find({ merchantId, _id: { $in: orderIds } }, { credited: 1 })
        .lean<Pick<Attribution, '_id' | 'credited'>[]>();
      return new Map(found.map(({ _id, credited }) => [_id, credited]));
    },
    all: (merchantId) => attributions.find({ merchantId }).sort({ _id: 1 }).lean<Attribution>().cursor(),
    merchantIds: () => attributions.distinct('merchantId'),
    save: (attribution, events) =>
      saveWithEvents(connection, attributions.collection.name, attribution, events),
  };
}

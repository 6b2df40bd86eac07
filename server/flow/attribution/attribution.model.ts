import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { BuyerRef } from '../ingest/index.ts';
import type { Decision, EarlierOrder } from './decision/decision.ts';
import type { ManualTouch } from './evidence/manual-touch.ts';

/** Who was credited for an order, with every earlier decision. `_id` is the order's id. */
export interface Attribution {
  _id: string;
  merchantId: string;
  revision: number;
  /** The order's revision that was last looked at; an older one has nothing new to say. */
  orderRevision: number;
  /** When the evidence that was last looked at was accepted. */
  evidenceAt: Date;
  /** When the change of an earlier order that was last looked at was accepted. */
  historyAt: Date;
  /** Numbered from 1, append-only; the last one holds. */
  decisions: NumberedDecision[];
  /** What persons decided, append-only (S11). */
  manualTouches: ManualTouch[];
  /** What later orders of the buyer read: whom the last decision credits, and the hash of all that they read. */
  credited: EarlierOrder['credited'];
  factsHash: string | null;
  /** Every buyer that the order was ever known by: under each of them later orders may have counted it. */
  buyers: BuyerRef[];
}

export type NumberedDecision = Decision & { number: number; decidedAt: Date };

export function defineAttributionModel(connection: Connection): Model<Attribution> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      orderRevision: { type: Number, required: true },
      evidenceAt: { type: Date, required: true },
      historyAt: { type: Date, required: true },
      decisions: [Schema.Types.Mixed],
      manualTouches: [Schema.Types.Mixed],
      credited: Schema.Types.Mixed,
      factsHash: String,
      buyers: [Schema.Types.Mixed],
      pendingEvents: pendingEventsField,
    },
    { collection: 'attributions', minimize: false, versionKey: false },
  );
  // A replay goes through the attributions of one merchant.
  schema.index({ merchantId: 1, _id: 1 });
  indexPendingEvents(schema);
  return connection.model<Attribution>('Attribution', schema);
}

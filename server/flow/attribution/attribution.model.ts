import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { Decision } from './decision.ts';

/** Who was credited for an order, with every earlier decision. `_id` is the order's id. */
export interface Attribution {
  _id: string;
  merchantId: string;
  revision: number;
  /** The order's revision that was last looked at; an older one has nothing new to say. */
  orderRevision: number;
  /** When the evidence that was last looked at was accepted. */
  evidenceAt: Date;
  /** Numbered from 1, append-only; the last one holds. */
  decisions: (Decision & { number: number; decidedAt: Date })[];
}

export function defineAttributionModel(connection: Connection): Model<Attribution> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      orderRevision: { type: Number, required: true },
      evidenceAt: { type: Date, required: true },
      decisions: [Schema.Types.Mixed],
      pendingEvents: pendingEventsField,
    },
    { collection: 'attributions', minimize: false, versionKey: false },
  );
  indexPendingEvents(schema);
  return connection.model<Attribution>('Attribution', schema);
}

import { Schema, type Connection, type Model } from 'mongoose';
import type { PullState } from './pull-state.ts';

export type PullStateDocument = Omit<PullState, 'id'> & { _id: string };

/** Declares the collection of pull states; a store has one, under its id. */
export function definePullStateModel(connection: Connection): Model<PullStateDocument> {
  const schema = new Schema<PullStateDocument>(
    {
      _id: { type: String, required: true },
      merchantId: { type: String, required: true },
      revision: { type: Number, required: true },
      decimals: { type: Number, required: true },
      marks: Schema.Types.Mixed,
      again: Schema.Types.Mixed,
      startedAt: Date,
      finishedAt: Date,
      failure: Schema.Types.Mixed,
    },
    { collection: 'storePulls', versionKey: false, minimize: false },
  );
  return connection.model<PullStateDocument>('StorePull', schema);
}

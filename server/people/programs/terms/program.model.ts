import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../../platform/mongo/index.ts';
import type { Program } from './program.ts';

export type ProgramDocument = Omit<Program, 'id'> & { _id: string };

/** Declares the collection of programmes on a connection. */
export function defineProgramModel(connection: Connection): Model<ProgramDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      name: { type: String, required: true },
      status: { type: String, required: true },
      statuses: [Schema.Types.Mixed],
      settingsVersions: [Schema.Types.Mixed],
      ruleVersions: [Schema.Types.Mixed],
      createdAt: { type: Date, required: true },
    },
    { collection: 'programs', minimize: false, versionKey: false },
  );
  // Decides which of two equal creations is kept; people tell programmes apart by name.
  schema.index({ merchantId: 1, name: 1 }, { unique: true });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  countChanges(connection, schema);
  return connection.model<ProgramDocument>('Program', schema);
}

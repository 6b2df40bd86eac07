import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../../platform/mongo/index.ts';
import type { StorefrontSettingsVersion } from '../../../shared/storefront-settings.ts';

/** A version that somebody wrote. Versions are only ever added, so that it can be told who changed what and when. */
export interface StorefrontSettingsDocument extends StorefrontSettingsVersion {
  merchantId: string;
  _id: string;
}

/** Declares the collection of storefront settings on a connection. */
export function defineStorefrontSettingsModel(connection: Connection): Model<StorefrontSettingsDocument> {
  const schema = new Schema<StorefrontSettingsDocument>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      settings: { type: Schema.Types.Mixed, required: true },
      changedAt: { type: Date, required: true },
      changedBy: { type: String, required: true },
    },
    { collection: 'storefrontSettings', versionKey: false },
  );
  // Finds the newest version, and decides which of two writes comes next.
  schema.index({ merchantId: 1, revision: -1 }, { unique: true });
  countChanges(connection, schema);
  return connection.model<StorefrontSettingsDocument>('StorefrontSettings', schema);
}

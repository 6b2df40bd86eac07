import { Schema, type Connection, type Model } from 'mongoose';

/** A one-time link of the first start; it exists before any merchant does. */
export interface SetupLinkDocument {
  /** SHA-256 of the token: what is stored opens nothing. */
  _id: string;
  expiresAt: Date;
}

/** Declares the collection of setup links on a connection. */
export function defineSetupLinkModel(connection: Connection): Model<SetupLinkDocument> {
  const schema = new Schema(
    { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
    { collection: 'setupLinks', versionKey: false },
  );
  // Lets the database forget expired links.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<SetupLinkDocument>('SetupLink', schema);
}

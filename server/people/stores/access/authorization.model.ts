import { Schema, type Connection, type Model } from 'mongoose';

/** One question to a shop owner for keys, by its one-time state. */
export interface AuthorizationDocument {
  /** SHA-256 of the state: what is stored opens nothing. */
  _id: string;
  merchantId: string;
  storeId: string;
  /** Of the shop that is asked. */
  address: string;
  /** This server's address, as the merchant reached it. */
  server: string;
  expiresAt: Date;
  usedAt: Date | null;
  /** What came of it; null = nothing yet. */
  outcome: AuthorizationOutcome | null;
  forgetAt: Date;
}

export type AuthorizationOutcome = { connected: true } | { connected: false; reason: string };

/** Declares the collection of questions on a connection. */
export function defineAuthorizationModel(connection: Connection): Model<AuthorizationDocument> {
  const schema = new Schema(
    {
      _id: { type: String, required: true },
      merchantId: { type: String, required: true },
      storeId: { type: String, required: true },
      address: { type: String, required: true },
      server: { type: String, required: true },
      expiresAt: { type: Date, required: true },
      usedAt: { type: Date, default: null },
      outcome: { type: Schema.Types.Mixed, default: null },
      forgetAt: { type: Date, required: true },
    },
    { collection: 'storeAuthorizations', versionKey: false },
  );
  // Lets the database forget them; until then the page after the question tells what came of it.
  schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<AuthorizationDocument>('StoreAuthorization', schema);
}

import { Schema, type Connection, type Model } from 'mongoose';
import type { Role } from './merchant.ts';

/** One sign-in: the family of refresh tokens that followed from it, of which the newest alone is valid. */
export interface SignInSession {
  merchantId: string;
  _id: string;
  staffId: string;
  role: Role;
  /** SHA-256 of the secret part of the newest token. */
  tokenHash: string;
  expiresAt: Date;
}

/** Declares the collection of sign-ins on a connection. */
export function defineSignInSessionModel(connection: Connection): Model<SignInSession> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      staffId: { type: String, required: true },
      role: { type: String, required: true },
      tokenHash: { type: String, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'signInSessions', versionKey: false },
  );
  // Lets the database forget sign-ins that are over.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<SignInSession>('SignInSession', schema);
}

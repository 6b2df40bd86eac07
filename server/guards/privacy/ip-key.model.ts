import { Schema, type Connection, type Model } from 'mongoose';

/** The key under which a merchant's IP addresses of one day are hashed. It is the only copy. */
export interface IpKey {
  merchantId: string;
  _id: string;
  /** In UTC, e.g. `2026-10-02`. */
  day: string;
  /** Encrypted under the master secret. */
  encryptedKey: string;
  expiresAt: Date;
}

/** Declares the collection of keys on a connection. */
export function defineIpKeyModel(connection: Connection): Model<IpKey> {
  const schema = new Schema<IpKey>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      day: { type: String, required: true },
      encryptedKey: { type: String, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'ipKeys', versionKey: false },
  );
  // Finds the keys of some days, and decides which of two processes made the key of a day.
  schema.index({ merchantId: 1, day: 1 }, { unique: true });
  // Lets the database destroy a key: from then on nobody can hash an address as it was hashed.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<IpKey>('IpKey', schema);
}

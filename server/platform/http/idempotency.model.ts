import { Schema, type Connection, type Model } from 'mongoose';

/** One write that a client marked with an `Idempotency-Key`. */
export interface IdempotencyRecord {
  _id: string;
  /** Whose keys these are; `public` for the routes that know no caller, such as sign-in. */
  merchantId: string;
  key: string;
  /** Keyed hash of method, path and body: bodies hold passwords, so that a plain hash would tell too much. */
  fingerprint: string;
  state: 'running' | 'answered';
  /** Names the run that may store the answer; a run that was taken over no longer may. */
  run: string;
  leaseUntil: Date;
  status: number | null;
  /** The answer's body, encrypted, because answers hold secrets that are shown once. */
  answer: string | null;
  expiresAt: Date;
}

/** Declares the collection of remembered writes on a connection. */
export function defineIdempotencyModel(connection: Connection): Model<IdempotencyRecord> {
  const schema = new Schema(
    {
      _id: { type: String, required: true },
      merchantId: { type: String, required: true },
      key: { type: String, required: true },
      fingerprint: { type: String, required: true },
      state: { type: String, required: true },
      run: { type: String, required: true },
      leaseUntil: { type: Date, required: true },
      status: { type: Number, default: null },
      answer: { type: String, default: null },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'idempotency', versionKey: false },
  );
  // Decides which of two equal requests runs; also finds the record again.
  schema.index({ merchantId: 1, key: 1 }, { unique: true });
  // Lets the database forget what is over.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<IdempotencyRecord>('IdempotencyRecord', schema);
}

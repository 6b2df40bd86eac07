import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../platform/mongo/index.ts';
import type { StaffMember } from './merchant.ts';

/** `_id` is the merchantId of every other document. */
export interface MerchantDocument {
  _id: string;
  name: string;
  timeZone: string;
  /** Inside the merchant, so that a merchant and its owner come into being in one atomic write. */
  staff: StaffMember[];
  /** `first` for the merchant of the setup page; not there for others. */
  origin?: 'first';
  createdAt: Date;
}

/** Declares the collection of merchants on a connection. */
export function defineMerchantModel(connection: Connection): Model<MerchantDocument> {
  const schema = new Schema(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      timeZone: { type: String, required: true },
      staff: [Schema.Types.Mixed],
      origin: String,
      createdAt: { type: Date, required: true },
    },
    { collection: 'merchants', versionKey: false },
  );
  // Sign-in knows the e-mail only, so that it is unique across merchants.
  schema.index({ 'staff.email': 1 }, { unique: true });
  // Decides which of two visitors of the setup page creates the first merchant.
  schema.index({ origin: 1 }, { unique: true, sparse: true });
  countChanges(connection, schema);
  return connection.model<MerchantDocument>('Merchant', schema);
}

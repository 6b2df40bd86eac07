import { Schema, type Connection, type Model } from 'mongoose';

/**
 * What one account holds, added up once so that nobody adds it up again. A cache: it can be deleted and is then
 * added up from the entries (S12). Minor units of `currency`.
 */
export interface CachedBalance {
  /** Merchant, currency and account. */
  _id: string;
  merchantId: string;
  account: string;
  currency: string;
  balance: bigint;
  /** The last entry that is in it. */
  seq: number;
}

export function defineBalanceModel(connection: Connection): Model<CachedBalance> {
  const text = { type: String, required: true };
  const schema = new Schema(
    {
      merchantId: text,
      _id: text,
      account: text,
      currency: text,
      balance: { type: BigInt, required: true },
      seq: { type: Number, required: true },
    },
    { collection: 'balances', versionKey: false },
  );
  // The merchant's list of accounts.
  schema.index({ merchantId: 1, _id: 1 });
  // An affiliate's accounts, by the beginning of their names.
  schema.index({ merchantId: 1, account: 1 });
  return connection.model<CachedBalance>('Balance', schema);
}

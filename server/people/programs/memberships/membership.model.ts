import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../../platform/mongo/index.ts';
import type { Membership } from './membership.ts';

export type MembershipDocument = Omit<Membership, 'id'> & { _id: string };

/** Declares the collection of memberships on a connection. */
export function defineMembershipModel(connection: Connection): Model<MembershipDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      programId: { type: String, required: true },
      affiliateId: { type: String, required: true },
      code: { type: String, required: true },
      foldedCode: { type: String, required: true },
      status: { type: String, required: true },
      statuses: [Schema.Types.Mixed],
      group: { type: String, default: null },
      groups: [Schema.Types.Mixed],
      createdAt: { type: Date, required: true },
    },
    { collection: 'memberships', versionKey: false },
  );
  // A code belongs to one membership; touches and orders find their affiliate by it.
  schema.index({ merchantId: 1, foldedCode: 1 }, { unique: true });
  // An affiliate takes part in a programme once; attribution asks how they stood.
  schema.index({ merchantId: 1, programId: 1, affiliateId: 1 }, { unique: true });
  // The list of a programme's members, newest first.
  schema.index({ merchantId: 1, programId: 1, createdAt: -1, _id: -1 });
  countChanges(connection, schema);
  return connection.model<MembershipDocument>('Membership', schema);
}

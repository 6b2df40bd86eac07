import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { PostingState, StateChange } from '../../shared/posting-state.ts';
import type { ProgramSettings } from '../../shared/program-settings.ts';
import type { Receipt } from './receipts/receipt.ts';

/** One affiliate, programme and currency of an order: what is compared with the target (S6). */
export interface Series {
  affiliateId: string;
  programId: string;
  currency: string;
}

/** Everything that was posted for an order, append-only. `_id` is the order's id. */
export interface Commission {
  _id: string;
  merchantId: string;
  revision: number;
  /** The attribution's revision that was last looked at. */
  attributionRevision: number;
  /** The last order version for which the difference was posted (S6). */
  orderVersion: number;
  postings: CommissionPosting[];
  /** Whether the end of the hold approves, or a person; the programme's setting at T (S7). */
  approval: ProgramSettings['approval'];
  /** When the hold is over; null while it does not run (S7). */
  holdEndsAt: Date | null;
  /** When the clock alone moves a posting; null when it will not. */
  dueAt: Date | null;
  /** Whose commission a person rejected; their target stays 0, in other currencies as well (S7). */
  rejections: (Series & { at: Date; by: string; reason: string })[];
  /** Reasons to hold that a person has looked at; they hold nothing any more (S9). */
  clearedHolds: string[];
  /** The order was deleted in the store when money was payable already: a person must confirm it (S6). */
  removalToConfirm: { orderVersion: number; since: Date } | null;
  confirmedRemoval: { orderVersion: number; at: Date; by: string } | null;
}

/** A difference C(v) - already posted, or the part of it that one origin bears (S6). */
export interface CommissionPosting extends Series {
  id: string;
  number: number;
  /** From the affiliate's side: below zero is a reversal. Minor units. */
  amount: bigint;
  postedAt: Date;
  /** The newest of the commissions that a reversal takes back; null for a commission. */
  reverses: string | null;
  /** The last of `states`. */
  state: PostingState;
  /** Append-only; the first is what it was posted as (S7). */
  states: StateChange[];
  receipt: Receipt;
}

export function defineCommissionModel(connection: Connection): Model<Commission> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      attributionRevision: { type: Number, required: true },
      orderVersion: { type: Number, required: true },
      postings: [Schema.Types.Mixed],
      approval: { type: String, required: true },
      holdEndsAt: Date,
      dueAt: Date,
      rejections: [Schema.Types.Mixed],
      clearedHolds: [String],
      removalToConfirm: Schema.Types.Mixed,
      confirmedRemoval: Schema.Types.Mixed,
      pendingEvents: pendingEventsField,
    },
    { collection: 'commissions', minimize: false, versionKey: false },
  );
  // A receipt is asked for by the id of its posting.
  schema.index({ merchantId: 1, 'postings.id': 1 });
  // The commissions of one affiliate.
  schema.index({ merchantId: 1, 'postings.affiliateId': 1, _id: 1 });
  // What waits for a person, or for a payout.
  schema.index({ merchantId: 1, 'postings.state': 1, _id: 1 });
  // What the clock moves next.
  schema.index({ dueAt: 1 });
  indexPendingEvents(schema);
  return connection.model<Commission>('Commission', schema);
}

/** Tells series apart. */
export function seriesOf({ affiliateId, programId, currency }: Series): string {
  return `${programId}/${affiliateId}/${currency}`;
}

/** Whether two series are of one affiliate in one programme, in whatever currencies. */
export function isSameMember(a: Omit<Series, 'currency'>, b: Omit<Series, 'currency'>): boolean {
  return a.affiliateId === b.affiliateId && a.programId === b.programId;
}

/** A commission of an order for which nothing was posted yet. */
export function blankCommission(merchantId: string, orderId: string): Commission {
  return {
    _id: orderId,
    merchantId,
    revision: 0,
    attributionRevision: 0,
    orderVersion: 0,
    postings: [],
    approval: 'automatic',
    holdEndsAt: null,
    dueAt: null,
    rejections: [],
    clearedHolds: [],
    removalToConfirm: null,
    confirmedRemoval: null,
  };
}

import { Schema, type Connection, type Model } from 'mongoose';
import type { Channel, Evidence } from '../../shared/delivery.ts';
import type { OrderSnapshot, Refund } from '../../shared/order.ts';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';

/** One order of one store, with every version of it that the store described. */
export interface Order {
  _id: string;
  merchantId: string;
  storeId: string;
  externalId: string;
  /** Counts the writes; a write that was decided on an older one is decided again. */
  revision: number;
  /** When the first delivery about it arrived. */
  createdAt: Date;
  /** T of S3: the store's creation time, never later than our first receipt. Null while parked. */
  placedAt: Date | null;
  /** The newest snapshot by the order of S6 and where it stands in that order. Null while parked. */
  newest: { snapshot: OrderSnapshot; position: Position } | null;
  /** The newest payment state that we know; it holds under a status that we do not know (S7). */
  payment: { state: OrderSnapshot['payment']; paidAt: Date | null; position: Position } | null;
  /** Numbered from 1, append-only; the last one holds. */
  versions: OrderVersion[];
  /** Every refund seen with its lines; `cameAlone`: by itself, to be merged into the newest snapshot. */
  refunds: { refund: Refund; cameAlone: boolean; updatedAt: Date }[];
  removal: Position | null;
  evidence: Evidence[];
  /** When evidence or buyer were last added to. */
  evidenceAt: Date;
  buyer: BuyerKeys;
  /** That the merchant confirmed what a conversion told; null or left out = not. `by`: of a person, or of an API key. */
  confirmation?: { at: Date; by: string } | null;
  /** A keyed hash of the checkout's token, by which a pixel's match finds the order. */
  checkoutHash?: string | null;
  /** When the buyer's checkout began, as a match tells it. */
  checkoutStartedAt?: Date | null;
  /** Something happened that no body told; the order is to be read from the store. */
  readRequest: { at: Date; reason: string } | null;
  /** That, or refunds of which only totals are known; left out where that never was so. */
  needsRead?: boolean;
  /** What was received, by key, so that a repeat is known. */
  deliveries: { key: string; at: Date; channel: Channel }[];
}

/** Where a fact stands in the order of versions (S6): updated-at, then channel, then sequence. */
export interface Position {
  updatedAt: Date;
  channel: Channel;
  sequence: number | null;
}

export interface OrderVersion {
  number: number;
  /** Of the normalised money facts, never of evidence or channel (S2). */
  hash: string;
  channel: Channel;
  acceptedAt: Date;
  snapshot: OrderSnapshot;
  /** A refund of which only a total is known: nothing is posted until the store was read (S6). */
  needsRead: boolean;
}

/** Hashes under the merchant's key, for S8 and S9. Nothing else of the buyer is kept. */
export interface BuyerKeys {
  customer: string | null;
  email: string | null;
  address: string | null;
  /** Of the one address of the buyer, under the key of each day on which S9 may look back; ordered by day. */
  ips: { day: string; hash: string }[];
  paymentAccount: string | null;
  earlierOrders: number | null;
}

/** By which the orders of one buyer are found again (S8): the account in one shop, or the mailbox. */
export type BuyerRef = Pick<BuyerKeys, 'customer' | 'email'>;

export function defineOrderModel(connection: Connection): Model<Order> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      storeId: { type: String, required: true },
      externalId: { type: String, required: true },
      revision: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      placedAt: Date,
      newest: Schema.Types.Mixed,
      payment: Schema.Types.Mixed,
      versions: [Schema.Types.Mixed],
      refunds: [Schema.Types.Mixed],
      removal: Schema.Types.Mixed,
      evidence: [Schema.Types.Mixed],
      evidenceAt: { type: Date, required: true },
      buyer: Schema.Types.Mixed,
      confirmation: Schema.Types.Mixed,
      checkoutHash: { type: String, default: null },
      checkoutStartedAt: { type: Date, default: null },
      readRequest: Schema.Types.Mixed,
      needsRead: Boolean,
      deliveries: [Schema.Types.Mixed],
      pendingEvents: pendingEventsField,
    },
    { collection: 'orders', minimize: false, versionKey: false },
  );
  // Decides which of two first deliveries makes the order, and finds it at every later one.
  schema.index({ merchantId: 1, storeId: 1, externalId: 1 }, { unique: true });
  // The merchant's list of orders, the last received first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  // The orders of one buyer before and after a moment: by their account in the shop, and by their mailbox (S8).
  schema.index({ merchantId: 1, 'buyer.customer': 1, placedAt: 1 });
  schema.index({ merchantId: 1, 'buyer.email': 1, placedAt: 1 });
  // The orders of a store that are to be read there, which are few.
  schema.index({ merchantId: 1, storeId: 1, needsRead: 1 }, { partialFilterExpression: { needsRead: true } });
  // The orders of a store by their placing, which are read again one after the other.
  schema.index({ merchantId: 1, storeId: 1, placedAt: 1, _id: 1 });
  // The order of a checkout, for a match that comes after it.
  schema.index({ merchantId: 1, storeId: 1, checkoutHash: 1 });
  indexPendingEvents(schema);
  return connection.model<Order>('Order', schema);
}

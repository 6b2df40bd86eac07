import type { ReceivedDelivery } from './delivery.ts';

/** What a delivery would bring, beside what is known of its order. */
export interface Foresight {
  /** The order itself is known, not only something about it. */
  known: boolean;
  /** Anybody but our own reading told something of it. */
  heard: boolean;
  /** It would make a new version. */
  changes: boolean;
  /** Refunds of which we have no lines. */
  refundsMissed: number;
  /** The order is gone, and we do not know. */
  removalMissed: boolean;
}

/** Says what a delivery would bring, and changes nothing. */
export type ForeseeDelivery = (received: ReceivedDelivery) => Promise<Foresight>;

/** An order that is to be read from its store. */
export interface OrderToRead {
  orderId: string;
  externalId: string;
  placedAt: Date;
  /** The store's updated-at, as we know it. */
  updatedAt: Date;
  /** When it was last asked for; null: nobody did. */
  requestedAt: Date | null;
  /** Trashed or deleted, as we know it. */
  removed: boolean;
}

/** Where a walk through orders by their placing stands. */
export interface PlacedPosition {
  placedAt: Date;
  orderId: string;
}

/** The orders of one store, for those who read them there again. */
export interface OrdersToRead {
  needingRead(store: StoreRef, most: number): Promise<OrderToRead[]>;
  /** The oldest first, behind a position. */
  placedBetween(
    store: StoreRef,
    range: { from: Date; to: Date; after: PlacedPosition | null },
    most: number,
  ): Promise<OrderToRead[]>;
}

export interface StoreRef {
  merchantId: string;
  storeId: string;
}

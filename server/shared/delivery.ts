import type { OrderSnapshot, Refund } from './order.ts';

/**
 * How a fact reached us. At the same updated-at, the store's API beats what was pushed (S6). `api`: a program of the
 * merchant told it, with an API key. `pixel`: a page of the shop told it, which anybody can do, so that every other
 * channel knows better.
 */
export type Channel = 'store-api' | 'plugin' | 'webhook' | 'api' | 'pixel';

/** What says who sent the buyer. `carrier` names where it was found, for people. */
export type Evidence =
  | { kind: 'coupon'; code: string; position: number }
  | { kind: 'code'; code: string; carrier: string; statedAt: Date | null }
  | { kind: 'touch'; touchId: string; carrier: string }
  | { kind: 'visitor'; visitorKey: string; carrier: string };

/**
 * The buyer as the platform described them, in memory only: ingest hashes what S8 and S9 need under the
 * merchant's key and drops the rest. A plugin hashes in the shop and sends only the hashes.
 */
export interface BuyerIdentity {
  customerId: string | null;
  email: string | null;
  address: { country: string; postcode: string; city: string; line1: string; line2?: string } | null;
  emailHash: string | null;
  addressHash: string | null;
  /** The address of the buyer's device, and a name of the account that paid: an IBAN, a PayPal address. */
  ip?: string | null;
  paymentAccount?: string | null;
  ipHash?: string | null;
  paymentAccountHash?: string | null;
  /** Orders before this one, where the platform counts them (S8). */
  earlierOrders: number | null;
}

/** What a verified body means. A connector makes it; ingest stores it. */
export type Delivery =
  | {
      kind: 'order';
      snapshot: OrderSnapshot;
      evidence: Evidence[];
      buyer: BuyerIdentity;
      /** The plugin's counter per order; null on other channels. */
      sequence: number | null;
      /** What the platform calls the checkout of the order, by which a pixel's match finds it; hashed by ingest. */
      checkoutToken?: string | null;
      /** When the store was asked for it, of what we read from its API: whatever was told since is not in it. */
      readAt?: Date;
    }
  | { kind: 'refund'; orderExternalId: string; refund: Refund; updatedAt: Date }
  | { kind: 'removal'; orderExternalId: string; updatedAt: Date; sequence: number | null }
  /** Something happened that the body does not tell: the order is to be read from the store. */
  | { kind: 'read-request'; orderExternalId: string; reason: string }
  /** Understood and of no consequence: drafts, pings, topics that carry no money. */
  | { kind: 'nothing'; reason: string };

/** A delivery with what ingest needs to know about its way here. */
export interface ReceivedDelivery {
  merchantId: string;
  storeId: string;
  channel: Channel;
  /**
   * Made from the signed body only, never from delivery headers: kind, external id, updated-at and the
   * body's hash; for plugin events order and sequence.
   */
  key: string;
  delivery: Delivery;
}

/** `accepted`: new and durable. `known`: had it already. `ignored`: of no consequence. */
export type AcceptResult =
  { status: 'accepted' } | { status: 'known' } | { status: 'ignored'; reason: string };

/** A delivery that stands in line to be kept; whoever awaits one after the other has them kept in that order. */
export interface QueuedDelivery {
  /** Resolves when it is durable; it is applied to its order afterwards. */
  kept: Promise<AcceptResult>;
}

/** Keeps a delivery once. */
export type ReceiveDelivery = (received: ReceivedDelivery) => Promise<QueuedDelivery>;

/** Applies a delivery to its order once. Resolves only when the order is durable, for an answer that shows it. */
export type AcceptDelivery = (received: ReceivedDelivery) => Promise<AcceptResult>;

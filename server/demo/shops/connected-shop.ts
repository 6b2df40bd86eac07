import type { PlannedClick, PlannedShop } from '../plan/month-plan.ts';

/** A shop of the plan after it was connected: what it needs to sign and address its messages. */
export interface ConnectedShop {
  shop: PlannedShop;
  storeId: string;
  /** Public, in the snippet's address. */
  storeKey: string;
  webhookSecret: string;
  /** `whsec_...` */
  eventSecret: string;
}

/** The id that the collector answered for a click; the storefront keeps it for the order. */
export type TouchIdOf = (click: PlannedClick) => string;

/** A signed request of a shop, ready to be posted. */
export interface HookRequest {
  path: string;
  headers: Record<string, string>;
  body: string;
}

import type { RestAccess } from './rest-access.ts';
import type { StoreCoupon, StoreCouponResult } from './store-coupon.ts';

/** Why a shop did not do what it was asked for. Words are ours, for people, and hold no secret. */
export class StoreApiProblem extends Error {
  readonly code: StoreApiProblemCode;
  readonly help: string;

  constructor(code: StoreApiProblemCode, message: string, help: string) {
    super(message);
    this.name = 'StoreApiProblem';
    this.code = code;
    this.help = help;
  }
}

export type StoreApiProblemCode =
  'wrong-key' | 'read-only-key' | 'wrong-address' | 'refused-address' | 'refused' | 'passing';

/** A topic for which the shop has a webhook of ours now, and what had to be done for it. */
export interface EnsuredWebhook {
  topic: string;
  done: 'kept' | 'created' | 'created again' | 'paused in the shop';
}

/** Where the shop's webhooks are to lead, and the secret that signs them. */
export interface WantedHook {
  url: string;
  secret: string;
  /** The webhooks that the shop has were made with another secret. */
  isNewSecret: boolean;
}

/**
 * What the product asks of a shop by its REST interface. A connector serves it. Everything throws StoreApiProblem:
 * `passing` when it is worth another try.
 */
export interface StoreApi {
  /** Resolves when the keys open the shop for reading and writing; changes nothing there. */
  checkAccess(access: RestAccess): Promise<void>;
  /** Hands our plugin its connection key; undefined when the plugin is not there, or too old to take one. */
  connectPlugin(access: RestAccess, connectionKey: string): Promise<{ version: string } | undefined>;
  /** Leaves the shop with one active webhook of ours for each topic. */
  ensureWebhooks(access: RestAccess, hook: WantedHook): Promise<EnsuredWebhook[]>;
  /** Makes coupons what they are to be; one result for each, in their order. */
  putCoupons(access: RestAccess, coupons: readonly StoreCoupon[]): Promise<StoreCouponResult[]>;
  /** Says how coupons stand, and changes nothing; one result for each, in their order. */
  compareCoupons(access: RestAccess, coupons: readonly StoreCoupon[]): Promise<StoreCouponResult[]>;
}

/**
 * Why a shop's REST API gave nothing that can be used.
 * `unreachable`: no connection, or one that broke. `refused-address`: we do not connect there. `unauthorised`: the
 * keys are not good any more, or may not do this. `not-found`: WooCommerce knows no such thing. `rejected`:
 * WooCommerce said no; `wooCode` and `wooMessage` say why. `busy`: 429, 5xx, or a host that turned us away in HTML.
 * `not-json`: something else answered in WooCommerce's place.
 */
export type WooErrorCode =
  | 'unreachable'
  | 'refused-address'
  | 'unauthorised'
  | 'not-found'
  | 'rejected'
  | 'busy'
  | 'not-json'
  | 'too-large'
  | 'timed-out';

interface WooErrorFacts {
  status?: number | undefined;
  /** What WooCommerce calls it, e.g. `woocommerce_rest_shop_order_invalid_id`. */
  wooCode?: string | undefined;
  wooMessage?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

const TRANSIENT: ReadonlySet<WooErrorCode> = new Set(['unreachable', 'busy', 'not-json', 'timed-out']);

/**
 * A request to a shop that failed, in our own words. It never holds a key, a secret, the request, or the error of the
 * library, which has all of them (woocommerce.md 8).
 */
export class WooError extends Error {
  readonly code: WooErrorCode;
  readonly status: number | null;
  readonly wooCode: string | null;
  readonly wooMessage: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: WooErrorCode, message: string, facts: WooErrorFacts = {}) {
    super(message);
    this.name = 'WooError';
    this.code = code;
    this.status = facts.status ?? null;
    this.wooCode = facts.wooCode ?? null;
    this.wooMessage = facts.wooMessage ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  /** Whether the same request may succeed later. */
  get transient(): boolean {
    return TRANSIENT.has(this.code);
  }
}

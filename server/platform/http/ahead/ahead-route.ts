import type { IncomingHttpHeaders } from 'node:http';

/** A request as a route ahead of Express gets it: parsed as far as every route needs, and no further. */
export interface AheadRequest {
  method: string;
  /** The last segment of the path where the route leaves it open, decoded; else empty. */
  name: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: IncomingHttpHeaders;
  /** The client's address, behind the trusted proxies; for limits and keyed hashes only. */
  ip: string;
  /** True when too many came at once for it to be kept; only a route that yields and has no `isFull` sees it. */
  isRush: boolean;
  /**
   * The body's bytes as they arrived.
   * @throws DomainError `body-too-large` above `limit` bytes, `malformed-body` when the client hangs up.
   */
  readBody(limit: number): Promise<Buffer>;
}

export interface AheadAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/**
 * A route that is served ahead of Express on the same server and port, because shops call it for every click
 * and every order. Express answers the same path when this one leaves the request alone.
 */
export interface AheadRoute {
  methods: readonly string[];
  /** Fixed, or fixed up to a last `:name`, e.g. `/r/:slug`. */
  path: string;
  /** On each of its answers, refusals as well. */
  headers?: Readonly<Record<string, string>>;
  /**
   * Takes its turn when very many come at once, and beyond that is refused or told of the rush: clicks, which the
   * order's own evidence can replace, and never what a shop says of an order.
   */
  yields?: true;
  /**
   * True when what it would keep has no place. Then, and when too many come at once, the request is refused, its
   * body unread and nothing looked up, so that a refusal costs next to nothing. Routes without it answer in any case.
   */
  isFull?(): boolean;
  /** Throws its refusals, as every route does; undefined leaves the request to Express, its body unread. */
  answer(request: AheadRequest): Promise<AheadAnswer | undefined>;
}

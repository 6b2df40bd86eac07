/** A request to the fake shop after its signature was checked. */
export interface FakeRequest {
  method: string;
  /** Behind `/wp-json`, without the query: `/wc/v3/orders/12`. */
  path: string;
  /** The last of each name, as PHP reads a query; without what belongs to the signature. */
  query: ReadonlyMap<string, string>;
  /** Read as JSON; undefined where there is none. */
  body: unknown;
}

export interface FakeAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Answers what it knows, and nothing else. */
export type FakeRoute = (request: FakeRequest) => FakeAnswer | undefined;

/** An error as WordPress's REST API writes it. */
export function restError(status: number, code: string, message: string): FakeAnswer {
  return { status, body: { code, message, data: { status } } };
}

const THIRTY_DAYS = 2_592_000;

/** What the owner of the shop configured on the script tag; what stands there as it is, is named after it. */
export interface Options {
  /** Origin of our server, e.g. "https://partners.example". */
  server: string;
  /** null where the tag names none, which the server refuses. */
  storeKey: string | null;
  /** Names of the URL parameters that may carry a code; the first valid one wins. */
  params: string[];
  /** How long a code is kept, in seconds. */
  window: number;
  /** "required": nothing may be stored or sent before `refledger('consent', true)`. */
  consent?: string;
  /** There, whatever it says: a visit without a code counts by its referrer. */
  direct?: string;
  /** "respect": a browser that asks not to be tracked is taken at its word. */
  privacySignals?: string;
}

/**
 * Reads the script tag: `<script async src="https://server/snippet.js?store=KEY">`, with `data-store`,
 * `data-params` ("ref,aff"), `data-window` (seconds), `data-consent`, `data-direct` and `data-privacy-signals`.
 */
export function readOptions({ src, dataset }: Pick<HTMLScriptElement, 'src' | 'dataset'>): Options {
  const { origin, searchParams } = new URL(src);
  return {
    ...dataset,
    server: origin,
    storeKey: dataset['store'] || searchParams.get('store'),
    params: (dataset['params'] || 'ref').split(/[\s,]+/),
    window: Number(dataset['window']) || THIRTY_DAYS,
  };
}

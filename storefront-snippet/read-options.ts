const THIRTY_DAYS = 2_592_000;

/** What the owner of the shop configured on the script tag. */
export interface Options {
  /** Origin of our server, e.g. "https://partners.example". */
  server: string;
  storeKey: string;
  /** Names of the URL parameters that may carry a code; the first valid one wins. */
  params: string[];
  /** How long a code is kept, in seconds. */
  window: number;
  /** True when nothing may be stored or sent before `refledger('consent', true)`. */
  consentRequired: boolean;
}

/**
 * Reads the script tag: `<script async src="https://server/snippet.js?store=KEY">`, with `data-store`,
 * `data-params` ("ref,aff"), `data-window` (seconds) and `data-consent` ("granted" or "required") on top.
 */
export function readOptions(script: Pick<HTMLScriptElement, 'src' | 'dataset'>): Options {
  const src = new URL(script.src);
  const { store, params, window, consent } = script.dataset;
  return {
    server: src.origin,
    storeKey: store || src.searchParams.get('store') || '',
    params: (params || 'ref').split(/[\s,]+/),
    window: Number(window) || THIRTY_DAYS,
    consentRequired: consent === 'required',
  };
}

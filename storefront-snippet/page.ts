/** What the snippet touches of a browser window; small enough to be stood in for by a test. */
export type Page = Pick<Window, 'document' | 'localStorage' | 'location' | 'navigator'> &
  Pick<typeof globalThis, 'crypto' | 'fetch'>;

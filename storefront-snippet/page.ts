/** What the snippet touches of a browser window; small enough to be stood in for by a test. */
export type Page = Pick<Window, 'document' | 'localStorage' | 'location' | 'navigator'> &
  Pick<typeof globalThis, 'crypto' | 'fetch'>;

/** What the second script touches on top. */
export type FormsPage = Page &
  Pick<Window, 'addEventListener' | 'sessionStorage'> &
  Pick<typeof globalThis, 'console'> & {
    /** Shopify's storefront; its root is "/", or "/en/" in another language. */
    Shopify?: { routes?: { root?: string } };
  };

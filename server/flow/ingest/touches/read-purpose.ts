import type { IncomingHttpHeaders } from 'node:http';

/** What a browser asks for: a visit; a page to be shown small; or one that nobody may ever open. */
export type Purpose = 'visit' | 'preview' | 'prefetch';

/**
 * The purpose that a browser tells of a request, in headers with names in lower case. `Sec-Purpose` is the standard
 * (Fetch; `prefetch`, `prefetch;prerender`), `Purpose`, `X-Purpose` and `X-Moz` are what came before it.
 */
export function readPurpose(headers: IncomingHttpHeaders): Purpose {
  const names = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
  const told = names.map((name) => String(headers[name] ?? '').toLowerCase());
  if (told.some((purpose) => /^prefetch\b/.test(purpose))) return 'prefetch';
  return told.includes('preview') ? 'preview' : 'visit';
}

import type { AheadRequest } from './ahead-route.ts';

/** A header by its usual name; undefined when it was not sent. Node.js has joined what was sent twice. */
export function readHeader({ headers }: AheadRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : undefined;
}

import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';
import proxyAddr from 'proxy-addr';

/**
 * The client's address of a request that Express does not see, by Express's own rule: what `trust proxy` was set
 * to when the app was made.
 */
export function clientAddress(app: Express): (request: IncomingMessage) => string {
  const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  return (request) => proxyAddr(request, trusts);
}

import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';

/**
 * Says once that a proxy seems to stand in front although none is configured: every client then has the
 * proxy's address, and they share one limit of tries to sign in.
 */
export function warnOfProxy({
  log,
  trustsProxy,
}: {
  log: Pick<Log, 'warn'>;
  trustsProxy: boolean;
}): RequestHandler {
  let isSilent = trustsProxy;
  return (request, _response, next) => {
    if (!isSilent && request.get('X-Forwarded-For') !== undefined) {
      isSilent = true;
      log.warn('X-Forwarded-For arrived while TRUST_PROXY is 0: set it to the number of proxies in front');
    }
    next();
  };
}

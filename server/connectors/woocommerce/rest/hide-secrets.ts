import type { RestAccess } from '../../../shared/rest-access.ts';
import { WooError } from './woo-error.ts';

/** The failure without what a shop, or somebody in its place, may have sent back of the keys. */
export function hideSecrets(error: unknown, { consumerKey, consumerSecret }: RestAccess): WooError {
  if (!(error instanceof WooError)) return new WooError('unreachable', 'The request to the shop failed.');
  const { code, message, status, wooCode, wooMessage, retryAfterSeconds } = error;
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const said = `${message} ${wooCode} ${wooMessage}`;
  if (![consumerKey, consumerSecret, basic].some((secret) => said.includes(secret))) return error;
  return new WooError(code, 'The shop refused the request, and its words hold the keys.', {
    status: status ?? undefined,
    retryAfterSeconds: retryAfterSeconds ?? undefined,
  });
}

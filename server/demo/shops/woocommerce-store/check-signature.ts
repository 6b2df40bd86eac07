import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE, SECOND } from '../../../shared/clock.ts';

export interface FakeKeys {
  consumerKey: string;
  consumerSecret: string;
}

interface SignedRequest {
  method: string;
  /** Without the query: `http://127.0.0.1:8088/wp-json/wc/v3/orders`. */
  url: string;
  query: ReadonlyMap<string, string>;
}

const WINDOW = 15 * MINUTE;

/**
 * OAuth 1.0a as WooCommerce checks it over http: parameters sorted by name, HMAC-SHA-256 under secret and "&", a
 * timestamp of the last 15 minutes, and no nonce twice. Says what is wrong, as WooCommerce does.
 * @param seen nonces, which this adds to
 */
export function checkSignature(
  { method, url, query }: SignedRequest,
  { consumerKey, consumerSecret }: FakeKeys,
  seen: Set<string>,
): string | undefined {
  if (query.get('oauth_consumer_key') !== consumerKey) return 'Consumer key is invalid.';
  const pairs = [...query]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const base = [method, encode(url), encode(pairs.join('&'))].join('&');
  const expected = createHmac('sha256', `${consumerSecret}&`).update(base).digest();
  const given = Buffer.from(query.get('oauth_signature') ?? '', 'base64');
  const fits = given.length === expected.length && timingSafeEqual(given, expected);
  if (!fits) return 'Invalid signature - provided signature does not match.';
  const age = Date.now() - parseInt(query.get('oauth_timestamp') ?? '0', 10) * SECOND;
  if (Math.abs(age) > WINDOW) return 'Invalid timestamp.';
  const nonce = query.get('oauth_nonce') ?? '';
  if (nonce === '' || seen.has(nonce)) return 'Invalid nonce - nonce has already been used.';
  seen.add(nonce);
  return undefined;
}

/** RFC 3986, as PHP's rawurlencode. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

// The requests of a round: of visitors who follow links, of pages that tell of visits, of shops that tell of orders.
import { Webhook } from 'standardwebhooks';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { aRequest } from './load.ts';
import type { BenchShop } from './shop-server.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

export const many = (count: number, make: (number: number) => Buffer): Buffer[] =>
  Array.from({ length: count }, (_, number) => make(number));

/** Visitors have addresses of their own. */
const browserAt = (round: number, number: number): Record<string, string> => ({
  'User-Agent': BROWSER,
  'Accept-Language': 'en,de;q=0.7',
  'X-Forwarded-For': `10.${16 * round + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`,
});

export const aRedirect = ({ slugs }: BenchShop, round: number, number: number): Buffer =>
  aRequest(`GET /r/${slugs[number % slugs.length]}`, browserAt(round, number));

export function aTouch(shop: BenchShop, round: number, number: number, path = '/collect/v1/touches'): Buffer {
  const { storeKey, domain } = shop;
  const visitorKey = `visitor-${round}-${number}`;
  const url = `${domain}/tea/${number % 100}?ref=anna&sub=blog`;
  const body = { storeKey, code: 'anna', url, referrer: 'https://blog.example/', visitorKey, consent: true };
  const headers = { ...browserAt(round, number), 'Content-Type': 'application/json', Origin: domain };
  return aRequest(`POST ${path}`, headers, JSON.stringify(body));
}

export function aSignedOrder({ storeId, eventSecret }: BenchShop, round: number, number: number): Buffer {
  const now = new Date();
  const id = `${round}-${number}`;
  const placed = { createdAt: now.toISOString(), updatedAt: now.toISOString() };
  const customer = { id: `c-${id}`, email: `${id}@buyers.example` };
  const referral = { code: 'anna', source: 'cookie' };
  const body = JSON.stringify({
    events: [anOrderEvent({ id, number: `#${id}`, ...placed, referral, customer })],
  });
  return aRequest(
    `POST /hooks/v1/events/${storeId}`,
    {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(eventSecret).sign(id, now, body),
    },
    body,
  );
}

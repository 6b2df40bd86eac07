import type { TestServer } from './a-server.ts';
import { call, type Shop } from './a-shop.ts';

/** Makes an API key for an affiliate of a shop, and calls with it. */
export async function anAffiliate(
  at: Pick<TestServer, 'url'>,
  shop: Shop,
  affiliateId: string,
): Promise<Shop['api']> {
  const made = await shop.api('POST', `/api/v1/affiliates/${affiliateId}/api-keys`, {
    name: 'Her own tools',
  });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made.body)}`);
  const authorization = `Bearer ${made.body.key as string}`;
  return (method, path, body, headers = {}) => call(at, method, path, body, { authorization, ...headers });
}

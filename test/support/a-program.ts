import type { TestServer } from './a-server.ts';
import { call, type Shop } from './a-shop.ts';

/** Makes an API key for a program of a shop's merchant, and calls with it. */
export async function aProgram(
  at: Pick<TestServer, 'url'>,
  shop: Shop,
  scopes: string[],
): Promise<Shop['api']> {
  const made = await shop.api('POST', '/api/v1/api-keys', { name: 'The shop', scopes });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made.body)}`);
  const authorization = `Bearer ${made.body.key as string}`;
  return (method, path, body, headers = {}) => call(at, method, path, body, { authorization, ...headers });
}

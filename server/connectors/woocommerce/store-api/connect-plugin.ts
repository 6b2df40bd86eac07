import { z } from 'zod';
import type { WooClient } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';

const PATH = '/wc-refledger/v1/connection';
const connected = z.object({ connected: z.literal(true), pluginVersion: z.string().max(50) });

/** Hands our plugin its connection key; undefined when the plugin is not there, or too old to have the route. */
export async function connectPlugin(
  client: WooClient,
  connectionKey: string,
): Promise<{ version: string } | undefined> {
  try {
    const { body } = await client.put(PATH, { connectionKey });
    const answer = connected.safeParse(body);
    return answer.success ? { version: answer.data.pluginVersion } : undefined;
  } catch (error) {
    if (error instanceof WooError && error.code === 'not-found') return undefined;
    throw error;
  }
}

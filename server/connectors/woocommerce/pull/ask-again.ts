import { SECOND } from '../../../shared/clock.ts';
import type { WooAnswer } from '../rest/read-answer.ts';
import type { WooClient } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';
import type { WooParams } from '../rest/write-params.ts';

/** Reads from a shop. */
export type Ask = (path: string, params?: WooParams) => Promise<WooAnswer>;

/** Milliseconds before the second, third ... try. */
const WAITS = [1, 2, 4, 8].map((seconds) => seconds * SECOND);
/** A shop that wants more time than this is left alone until a later run. */
const LONGEST_WAIT = 30 * SECOND;

/** Asks again what may go well at another try; what the host asks for is waited for. */
export function askAgain(client: Pick<WooClient, 'get'>, wait: (milliseconds: number) => Promise<void>): Ask {
  return async (path, params) => {
    for (const pause of WAITS) {
      try {
        return await client.get(path, params);
      } catch (error) {
        if (!(error instanceof WooError) || !error.transient) throw error;
        const asked = Math.max((error.retryAfterSeconds ?? 0) * SECOND, pause);
        if (asked > LONGEST_WAIT) throw error;
        await wait(asked);
      }
    }
    return client.get(path, params);
  };
}

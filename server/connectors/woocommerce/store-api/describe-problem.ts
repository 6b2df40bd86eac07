import { ZodError } from 'zod';
import { StoreApiProblem } from '../../../shared/store-api.ts';
import { WooError } from '../rest/woo-error.ts';

const NEW_KEY =
  'Make a new key in WooCommerce under Settings, Advanced, REST API, with "Read/Write", and give it here.';
const WAIT = 'It is tried again by itself; look whether the shop is reachable if it stays so.';

/** What a failed request to a shop means for people; anything else goes on as it is. */
export function describeProblem(error: unknown): unknown {
  if (error instanceof ZodError) {
    return new StoreApiProblem('passing', 'The shop did not answer as WooCommerce does.', WAIT);
  }
  if (!(error instanceof WooError)) return error;
  const { message, wooMessage } = error;
  if (error.transient) return new StoreApiProblem('passing', message, WAIT);
  switch (error.code) {
    case 'unauthorised':
      return new StoreApiProblem('wrong-key', message, NEW_KEY);
    case 'refused-address':
      return new StoreApiProblem(
        'refused-address',
        message,
        'Connect the store with its address on the internet.',
      );
    case 'rejected':
      if (error.wooCode === 'redirected') return movedAway(message);
      return new StoreApiProblem('refused', message, wooMessage ? `WooCommerce says: ${wooMessage}` : WAIT);
    default:
      return new StoreApiProblem('refused', message, 'Look whether WooCommerce is active in the shop.');
  }
}

function movedAway(message: string): StoreApiProblem {
  const help = 'Connect the store with the address that stays in the browser when the shop is opened.';
  return new StoreApiProblem('wrong-address', message, help);
}

/** Runs what is asked of a shop; what fails, fails in words for people. */
export async function inWords<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw describeProblem(error);
  }
}

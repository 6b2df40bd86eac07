import { StoreApiProblem } from '../../../shared/store-api.ts';
import type { WooClient } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';

const CHANGE = 'coupons/batch';

/**
 * Asks a shop to change nothing: an empty batch, for which WooCommerce looks at the key and at its right to write.
 * @throws StoreApiProblem with words for a person who has just given the keys; WooError for the rest.
 */
export async function checkAccess(client: WooClient): Promise<void> {
  try {
    await client.post(CHANGE, {});
  } catch (error) {
    throw error instanceof WooError ? ((await explain(client, error)) ?? error) : error;
  }
}

async function explain(client: WooClient, { code, status }: WooError): Promise<StoreApiProblem | undefined> {
  if (code === 'unauthorised') return (await canRead(client)) ? readOnly() : wrongKey();
  const isElsewhere = code === 'not-found' || (code === 'not-json' && (status === 404 || isGood(status)));
  return isElsewhere ? wrongAddress() : undefined;
}

const isGood = (status: number | null): boolean => status !== null && status < 300;

/** WooCommerce has one code for a wrong key and for one that may not write, and words in the shop's language. */
async function canRead(client: WooClient): Promise<boolean> {
  try {
    await client.get('coupons', { per_page: 1 });
    return true;
  } catch (error) {
    if (error instanceof WooError && error.code === 'unauthorised') return false;
    throw error;
  }
}

function readOnly(): StoreApiProblem {
  const help = 'Set its permissions to "Read/Write" in WooCommerce under Settings, Advanced, REST API.';
  return new StoreApiProblem('read-only-key', 'The key can read in the shop and not write.', help);
}

function wrongKey(): StoreApiProblem {
  const help =
    'Copy both again, or make a new one, as a user who may manage the shop. If they are right, the host takes away ' +
    'the Authorization header: send `secretsInAddress: true`.';
  return new StoreApiProblem('wrong-key', 'The shop does not take the key and its secret.', help);
}

function wrongAddress(): StoreApiProblem {
  const help =
    'Look whether WooCommerce is active and permalinks are not "Plain" (Settings, Permalinks); a shop in a folder ' +
    'needs `address`.';
  return new StoreApiProblem('wrong-address', "There is no WooCommerce at the store's address.", help);
}

import { HOUR } from '../../../shared/clock.ts';
import { StoreApiProblem } from '../../../shared/store-api.ts';
import { hashToken } from '../../../platform/crypto/index.ts';
import type { Store } from '../store.ts';
import type { AccessDeps } from './access-deps.ts';
import { keepWebhooks, openChannel } from './open-channel.ts';
import type { StoreAccess } from './store-access.ts';

/** Less than a day, so that a job that runs every hour does it daily. */
const CHECK_EVERY = 23 * HOUR;

/**
 * Looks daily whether the shops without our plugin still have our webhooks: WooCommerce gives up one after a few
 * failures and tells nobody. Where a shop has the plugin, nothing is done: whoever disconnects it there means it.
 *
 * @param mayGoOn false: another process has taken over
 */
export async function checkChannels(deps: AccessDeps, mayGoOn: () => Promise<boolean>): Promise<void> {
  for (const access of await deps.accesses.allOpen()) {
    const store = await deps.stores.byId(access.merchantId, access.id);
    if (store?.status !== 'connected' || !isDue(deps, store, access)) continue;
    if (!(await mayGoOn())) return;
    await deps.accesses.noteCheck(access, deps.clock());
    try {
      await (access.channel ? keepWebhooks(deps, store, access) : openChannel(deps, store, access));
    } catch (error) {
      // Noted in the store's health; the next shop may be well.
      if (!(error instanceof StoreApiProblem)) throw error;
    }
  }
}

function isDue({ secrets, clock }: AccessDeps, store: Store, { channel, checkedAt }: StoreAccess): boolean {
  if (channel?.kind === 'plugin') return false;
  if (checkedAt === null || clock().getTime() - checkedAt.getTime() >= CHECK_EVERY) return true;
  const [newest] = secrets.decrypt(store.id, store.webhookSecrets);
  return channel !== null && newest !== undefined && channel.secretHash !== hashToken(newest.secret);
}

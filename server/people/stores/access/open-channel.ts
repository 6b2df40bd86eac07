import { hashToken } from '../../../platform/crypto/index.ts';
import type { Store } from '../store.ts';
import { writeConnectionKey } from '../write-connection-key.ts';
import type { AccessDeps } from './access-deps.ts';
import { askShop } from './ask-shop.ts';
import type { StoreAccess, StoreChannel } from './store-access.ts';

/** Lets a shop tell us of its orders at once: by our plugin where it is there, else by WooCommerce's own webhooks. */
export async function openChannel(deps: AccessDeps, store: Store, access: StoreAccess): Promise<void> {
  if (await connectPlugin(deps, store, access)) return;
  await keepWebhooks(deps, store, access);
}

/** Hands the plugin its connection key; false when there is no plugin. */
async function connectPlugin(deps: AccessDeps, store: Store, access: StoreAccess): Promise<boolean> {
  const { id: storeId, merchantId, storeKey } = store;
  const { server } = access;
  const [newest] = deps.secrets.decrypt(storeId, store.eventSecrets);
  if (!newest) return false;
  const buyerKey = deps.buyerKey(merchantId);
  const key = writeConnectionKey({ server, storeId, storeKey, eventSecret: newest.secret, buyerKey });
  const plugin = await askShop(deps, access, (opened) => deps.storeApi.connectPlugin(opened, key));
  if (!plugin) return false;
  await deps.accesses.noteChannel(access, { kind: 'plugin', version: plugin.version, at: deps.clock() });
  return true;
}

/** Leaves the shop with active webhooks of ours, signed with the newest secret. */
export async function keepWebhooks(deps: AccessDeps, store: Store, access: StoreAccess): Promise<void> {
  const [newest] = deps.secrets.decrypt(store.id, store.webhookSecrets);
  if (!newest) return;
  const secretHash = hashToken(newest.secret);
  const { channel, server } = access;
  const hook = {
    url: `${server}/hooks/v1/woocommerce/${store.id}`,
    secret: newest.secret,
    isNewSecret: channel?.kind === 'webhooks' && channel.secretHash !== secretHash,
  };
  const webhooks = await askShop(deps, access, (opened) => deps.storeApi.ensureWebhooks(opened, hook));
  if (!webhooks) return;
  const opened: StoreChannel = { kind: 'webhooks', webhooks, secretHash, at: deps.clock() };
  await deps.accesses.noteChannel(access, opened);
}

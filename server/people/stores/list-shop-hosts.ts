import { normaliseHost } from './normalise-domain.ts';
import type { Store } from './store.ts';

/** `host[:port]` of stores, each once: the domain's and the further ones that the merchant named. */
export function listShopHosts(stores: readonly Pick<Store, 'domain' | 'storefrontHosts'>[]): string[] {
  const hosts = stores.flatMap(({ domain, storefrontHosts }) => [normaliseHost(domain), ...storefrontHosts]);
  return [...new Set(hosts.filter((host) => host !== undefined))];
}

import type { Clock } from '../../shared/clock.ts';
import { DomainError, type Issue } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import { randomToken } from '../../platform/crypto/index.ts';
import { invalidInput } from '../../platform/http/index.ts';
import { chooseWebhookSecret } from './choose-webhook-secret.ts';
import { normaliseDomain, normaliseHost } from './normalise-domain.ts';
import type { NewStore, Store } from './store.ts';
import type { StoreSecrets } from './store-secrets.ts';
import type { StoreStore } from './store.store.ts';

const STORE_KEY_BYTES = 16;

export interface StoreDeps {
  stores: StoreStore;
  secrets: StoreSecrets;
  clock: Clock;
  newId: NewId;
}

/** A store with its secrets in clear, to be shown this once. */
export interface ConnectedStore {
  store: Store;
  webhookSecret: string;
  eventSecret: string;
}

/**
 * Connects a shop, or a disconnected one again: it keeps its id and its orders, and gets new secrets.
 * @throws DomainError `invalid-input` for a domain that cannot be used and for a Shopify shop without its
 * secret, `conflict` when the shop is connected.
 */
export async function connectStore(
  deps: StoreDeps,
  merchantId: string,
  input: NewStore,
): Promise<ConnectedStore> {
  const { domain, storefrontHosts } = readAddresses(input);
  const webhookSecret = chooseWebhookSecret(input.platform, input.webhookSecret, {
    field: 'webhookSecret',
    make: deps.secrets.newWebhookSecret,
  });
  const known = await deps.stores.byDomain(merchantId, input.platform, domain);
  if (known?.status === 'connected') throw connectedAlready();
  const id = known?.id ?? deps.newId();
  const eventSecret = deps.secrets.newEventSecret();
  const change = {
    status: 'connected' as const,
    storefrontHosts,
    webhookSecrets: [deps.secrets.encrypt(id, webhookSecret)],
    eventSecrets: [deps.secrets.encrypt(id, eventSecret)],
  };
  const store: Store = known
    ? { ...known, ...change }
    : {
        merchantId,
        id,
        platform: input.platform,
        domain,
        storeKey: randomToken(STORE_KEY_BYTES),
        lastEventAt: null,
        createdAt: deps.clock(),
        ...change,
      };
  const outcome = known ? await deps.stores.update(known, change) : await deps.stores.insert(store);
  if (outcome === 'known' || outcome === 'stale') throw connectedAlready();
  if (outcome === 'elsewhere') throw connectedElsewhere();
  return { store, webhookSecret, eventSecret };
}

function readAddresses(input: NewStore): { domain: string; storefrontHosts: string[] } {
  const result = normaliseDomain(input.platform, input.domain);
  const hosts = input.storefrontHosts.map(normaliseHost);
  const issues: Issue[] = 'problem' in result ? [{ path: 'domain', message: result.problem }] : [];
  hosts.forEach((host, index) => {
    const message = 'Enter a host name, e.g. www.example.com.';
    if (host === undefined) issues.push({ path: `storefrontHosts.${index}`, message });
  });
  if ('problem' in result || issues.length > 0) throw invalidInput(issues);
  return { domain: result.domain, storefrontHosts: hosts.filter((host) => host !== undefined) };
}

function connectedAlready(): DomainError {
  return new DomainError('conflict', 'This shop is connected.', 'Rotate its secret if you have lost it.');
}

function connectedElsewhere(): DomainError {
  const help = 'Disconnect it there first, or ask for help.';
  return new DomainError('conflict', 'This shop is connected to another account.', help);
}

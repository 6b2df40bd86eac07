import type { Connection } from '../../platform/mongo/index.ts';
import { apiKeyRoutes } from './api-key.routes.ts';
import type { ApiKey, KeyOwner } from './api-key.ts';
import { createApiKeyStore } from './api-key.store.ts';
import { createApiKey, type ApiKeyDeps } from './create-api-key.ts';
import { identifyApiKey } from './identify-api-key.ts';

export type ApiKeys = ReturnType<typeof createApiKeys>;

/** Wires the API keys: of the merchant's programs here, of affiliates for the part that knows affiliates. */
export function createApiKeys(deps: Omit<ApiKeyDeps, 'apiKeys'> & { connection: Connection }) {
  const apiKeys = createApiKeyStore(deps.connection);
  const keyDeps = { ...deps, apiKeys };
  return {
    create: (owner: KeyOwner, facts: Pick<ApiKey, 'name' | 'scopes'>) => createApiKey(keyDeps, owner, facts),
    list: apiKeys.list,
    remove: apiKeys.remove,
    /** Which key it is. */
    identify: (key: string) => identifyApiKey(keyDeps, key),
    routes: apiKeyRoutes(keyDeps),
  };
}

import type { Connection } from '../../platform/mongo/index.ts';
import type { PageRequest } from '../../platform/http/index.ts';
import { affiliateRoutes } from './affiliate.routes.ts';
import { createAffiliateStore } from './affiliate.store.ts';
import { apiKeyRoutes } from './api-keys/api-key.routes.ts';
import { createApiKeyStore } from './api-keys/api-key.store.ts';
import { identifyAffiliate } from './api-keys/identify-affiliate.ts';
import type { AffiliateDeps } from './create-affiliate.ts';
import { noteSignIn, type SignIn } from './note-sign-in.ts';

export type Affiliates = ReturnType<typeof createAffiliates>;

/** Wires the affiliates. */
export function createAffiliates(deps: Omit<AffiliateDeps, 'affiliates'> & { connection: Connection }) {
  const { connection, ...rest } = deps;
  const affiliates = createAffiliateStore(connection);
  const keyDeps = { ...rest, affiliates, apiKeys: createApiKeyStore(connection) };
  return {
    affiliateById: (merchantId: string, id: string) => affiliates.byId(merchantId, id),
    affiliatesByIds: (merchantId: string, ids: readonly string[]) => affiliates.byIds(merchantId, ids),
    listAffiliates: (merchantId: string, page: PageRequest) => affiliates.list(merchantId, page),
    noteSignIn: (merchantId: string, id: string, signIn: SignIn) =>
      noteSignIn({ affiliates, ...rest }, { merchantId, id }, signIn),
    /** Whose API key it is. */
    identify: (key: string) => identifyAffiliate(keyDeps, key),
    routes: [...affiliateRoutes({ affiliates, ...rest }), ...apiKeyRoutes(keyDeps)],
  };
}

import type { Connection } from '../../platform/mongo/index.ts';
import type { AffiliateCaller, PageRequest } from '../../platform/http/index.ts';
import { affiliateRoutes } from './affiliate.routes.ts';
import { createAffiliateStore } from './affiliate.store.ts';
import { affiliateKeyRoutes } from './affiliate-key.routes.ts';
import type { AffiliateDeps } from './create-affiliate.ts';
import type { AffiliateKeyDeps } from './create-affiliate-key.ts';
import { identifyAffiliate } from './identify-affiliate.ts';
import { noteSignIn, type SignIn } from './note-sign-in.ts';

export type Affiliates = ReturnType<typeof createAffiliates>;

/** Wires the affiliates. */
export function createAffiliates(
  deps: Omit<AffiliateDeps, 'affiliates'> & { connection: Connection; apiKeys: AffiliateKeyDeps['apiKeys'] },
) {
  const { connection, ...rest } = deps;
  const affiliates = createAffiliateStore(connection);
  return {
    affiliateById: (merchantId: string, id: string) => affiliates.byId(merchantId, id),
    affiliatesByIds: (merchantId: string, ids: readonly string[]) => affiliates.byIds(merchantId, ids),
    listAffiliates: (merchantId: string, page: PageRequest) => affiliates.list(merchantId, page),
    noteSignIn: (merchantId: string, id: string, signIn: SignIn) =>
      noteSignIn({ affiliates, ...rest }, { merchantId, id }, signIn),
    /** The owner of an affiliate's API key, as a caller. */
    identify: (owner: AffiliateCaller) => identifyAffiliate({ affiliates }, owner),
    routes: [...affiliateRoutes({ affiliates, ...rest }), ...affiliateKeyRoutes({ affiliates, ...rest })],
  };
}

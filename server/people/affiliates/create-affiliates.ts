import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { PageRequest } from '../../platform/http/index.ts';
import { affiliateRoutes } from './affiliate.routes.ts';
import { createAffiliateStore } from './affiliate.store.ts';

export type Affiliates = ReturnType<typeof createAffiliates>;

/** Wires the affiliates. */
export function createAffiliates(deps: { connection: Connection; clock: Clock; newId: NewId }) {
  const { connection, ...rest } = deps;
  const affiliates = createAffiliateStore(connection);
  return {
    affiliateById: (merchantId: string, id: string) => affiliates.byId(merchantId, id),
    affiliatesByIds: (merchantId: string, ids: readonly string[]) => affiliates.byIds(merchantId, ids),
    listAffiliates: (merchantId: string, page: PageRequest) => affiliates.list(merchantId, page),
    routes: affiliateRoutes({ affiliates, ...rest }),
  };
}

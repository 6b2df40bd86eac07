import type { StoreApi } from '../../../shared/store-api.ts';
import { compareCoupons } from '../coupons/compare-coupons.ts';
import { putCoupons } from '../coupons/put-coupons.ts';
import type { ConnectWoo } from '../rest/woo-client.ts';
import { checkAccess } from './check-access.ts';
import { connectPlugin } from './connect-plugin.ts';
import { inWords } from './describe-problem.ts';
import { ensureWebhooks } from './ensure-webhooks.ts';

/** What the product asks of a WooCommerce shop, through its REST interface. */
export function createStoreApi(connect: ConnectWoo): StoreApi {
  return {
    checkAccess: (access) => inWords(() => checkAccess(connect(access))),
    connectPlugin: (access, key) => inWords(() => connectPlugin(connect(access), key)),
    ensureWebhooks: (access, hook) => inWords(() => ensureWebhooks(connect(access), hook)),
    putCoupons: (access, coupons) => inWords(() => putCoupons(connect(access), coupons)),
    compareCoupons: (access, coupons) => inWords(() => compareCoupons(connect(access), coupons)),
  };
}

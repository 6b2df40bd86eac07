import { StoreApiProblem, type StoreApi } from '../../server/shared/store-api.ts';

/** Shops that take every key and have no plugin of ours; a key with `x` in it opens none. */
export function aWillingStoreApi(): StoreApi {
  return {
    checkAccess({ consumerKey }) {
      if (!consumerKey.includes('x')) return Promise.resolve();
      const problem = new StoreApiProblem('wrong-key', 'The shop does not take the key.', 'Copy it again.');
      return Promise.reject(problem);
    },
    connectPlugin: () => Promise.resolve(undefined),
    ensureWebhooks: () => Promise.resolve([{ topic: 'order.created', done: 'created' }]),
    putCoupons: (_access, coupons) => Promise.resolve(coupons.map(inStep)),
    compareCoupons: (_access, coupons) => Promise.resolve(coupons.map(inStep)),
  };
}

const inStep = (_coupon: unknown, index: number) => ({ state: 'in step' as const, externalId: index + 1 });

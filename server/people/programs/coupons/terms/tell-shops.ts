import type { Clock } from '../../../../shared/clock.ts';
import type { PendingEvent } from '../../../../shared/events.ts';
import type { RestAccess } from '../../../../shared/rest-access.ts';
import { StoreApiProblem, type StoreApi } from '../../../../shared/store-api.ts';
import type { StoreCoupon, StoreCouponResult } from '../../../../shared/store-coupon.ts';
import type { Coupon } from '../coupon.ts';
import type { CouponStore } from '../coupon.store.ts';
import { toStanding } from './coupon-standing.ts';
import { describeWanted } from './describe-wanted.ts';

/** What it takes to tell shops of coupons. */
export interface TellShopsDeps {
  coupons: CouponStore;
  clock: Clock;
  storeApi: Pick<StoreApi, 'putCoupons' | 'compareCoupons'>;
  /** The connected shops of a merchant that gave their keys. */
  openStoresOf: (merchantId: string) => Promise<{ storeId: string }[]>;
  /** Asks a shop, and notes for its health what came of it; undefined where there are no keys. */
  askShop: <T>(
    merchantId: string,
    storeId: string,
    question: (access: RestAccess) => Promise<T>,
  ) => Promise<T | undefined>;
}

/**
 * Brings a coupon that was changed into the shops. What a shop says is noted; what passes is tried again by whoever
 * delivers events. A change that comes meanwhile starts it anew, so that no shop keeps an older state.
 */
export function createOnCouponChanged(deps: TellShopsDeps) {
  return async ({ merchantId, data }: PendingEvent<'coupon.changed'>): Promise<void> => {
    let isNewest = false;
    while (!isNewest) {
      const coupon = await deps.coupons.byId(merchantId, data.couponId);
      if (!coupon) return;
      isNewest = await tellAll(deps, coupon);
    }
  };
}

/**
 * False when the coupon was changed meanwhile.
 * @throws StoreApiProblem `passing` after all shops were told that could be.
 */
async function tellAll(deps: TellShopsDeps, coupon: Coupon): Promise<boolean> {
  let passing: StoreApiProblem | undefined;
  for (const { storeId } of await deps.openStoresOf(coupon.merchantId)) {
    const wanted = describeWanted(coupon, storeId, deps.clock());
    if (!wanted || wasTold(coupon, storeId)) continue;
    const { result, problem } = await putOne(deps, coupon.merchantId, { storeId, wanted });
    passing ??= problem;
    if (!result) continue;
    const standing = toStanding(result, { at: deps.clock(), toldRevision: coupon.termsRevision });
    if (!(await deps.coupons.saveStanding(coupon, storeId, standing))) return false;
  }
  if (passing) throw passing;
  return true;
}

/** When another shop failed, all come by again: what people changed in this one since stays. */
function wasTold({ standings, termsRevision }: Coupon, storeId: string): boolean {
  const standing = standings[storeId];
  return standing?.toldRevision === termsRevision && standing.state !== 'failed';
}

async function putOne(
  { storeApi, askShop }: TellShopsDeps,
  merchantId: string,
  { storeId, wanted }: { storeId: string; wanted: StoreCoupon },
): Promise<{ result?: StoreCouponResult | undefined; problem?: StoreApiProblem }> {
  try {
    const results = await askShop(merchantId, storeId, (access) => storeApi.putCoupons(access, [wanted]));
    return { result: results?.[0] };
  } catch (error) {
    if (!(error instanceof StoreApiProblem)) throw error;
    const { externalId } = wanted;
    const result: StoreCouponResult = {
      state: 'failed',
      externalId,
      reason: `${error.message} ${error.help}`,
    };
    return error.code === 'passing' ? { result, problem: error } : { result };
  }
}

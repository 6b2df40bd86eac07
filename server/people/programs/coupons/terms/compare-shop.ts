import { HOUR } from '../../../../shared/clock.ts';
import type { PendingEvent } from '../../../../shared/events.ts';
import { StoreApiProblem } from '../../../../shared/store-api.ts';
import type { StoreCoupon, StoreCouponResult } from '../../../../shared/store-coupon.ts';
import type { Coupon } from '../coupon.ts';
import { toStanding } from './coupon-standing.ts';
import { describeWanted } from './describe-wanted.ts';
import type { TellShopsDeps } from './tell-shops.ts';

const BATCH = 100;
/** Less than a day, so that a job that runs every hour does it daily. */
const COMPARE_EVERY = 23 * HOUR;

interface Shop {
  merchantId: string;
  storeId: string;
}
type Told = { coupon: Coupon; wanted: StoreCoupon };

/**
 * Looks daily how coupons stand in the shops that gave their keys, and finds what a shop's owner changed by hand:
 * it is noted, and left to people. What a shop never got, or failed to take, is brought there.
 *
 * @param mayGoOn false: another process has taken over
 */
export async function compareShops(
  deps: TellShopsDeps & { listWithRestAccess: () => Promise<Shop[]> },
  mayGoOn: () => Promise<boolean>,
): Promise<void> {
  for (const shop of await deps.listWithRestAccess()) {
    try {
      if (!(await compareShop(deps, shop, mayGoOn))) return;
    } catch (error) {
      // Noted in the store's health; the next shop may be well.
      if (!(error instanceof StoreApiProblem)) throw error;
    }
  }
}

/** After a shop gave its keys: brings it the coupons that it is to have. */
export function createOnStoreOpened(deps: TellShopsDeps) {
  return async ({ merchantId, data: { storeId } }: PendingEvent<'store.opened'>): Promise<void> => {
    await compareShop(deps, { merchantId, storeId }, () => Promise.resolve(true));
  };
}

/** False when it may not go on. */
async function compareShop(
  deps: TellShopsDeps,
  shop: Shop,
  mayGoOn: () => Promise<boolean>,
): Promise<boolean> {
  for (let after = '', more = true; more;) {
    if (!(await mayGoOn())) return false;
    const page = await deps.coupons.withTerms(shop.merchantId, after, BATCH);
    more = page.length === BATCH;
    after = page.at(-1)?.id ?? '';
    const due = page.filter((coupon) => isDue(coupon, shop.storeId, deps.clock()));
    await compareSome(deps, shop, due);
  }
  return true;
}

function isDue({ standings }: Coupon, storeId: string, now: Date): boolean {
  const standing = standings[storeId];
  return !standing || now.getTime() - standing.at.getTime() >= COMPARE_EVERY;
}

async function compareSome(deps: TellShopsDeps, shop: Shop, coupons: readonly Coupon[]): Promise<void> {
  const now = deps.clock();
  const told = coupons.flatMap((coupon): Told[] => {
    const wanted = describeWanted(coupon, shop.storeId, now);
    return wanted ? [{ coupon, wanted }] : [];
  });
  const isMissing = ({ coupon }: Told): boolean => {
    const state = coupon.standings[shop.storeId]?.state;
    return state === undefined || state === 'failed';
  };
  await note(deps, shop, { told: told.filter(isMissing), isPut: true });
  const there = told.filter((each) => !isMissing(each));
  await note(deps, shop, { told: there, isPut: false });
}

async function note(
  { coupons, clock, askShop, storeApi }: TellShopsDeps,
  { merchantId, storeId }: Shop,
  { told, isPut }: { told: Told[]; isPut: boolean },
): Promise<void> {
  if (told.length === 0) return;
  const wanted = told.map((each) => each.wanted);
  const results = await askShop(merchantId, storeId, (access) =>
    isPut ? storeApi.putCoupons(access, wanted) : storeApi.compareCoupons(access, wanted),
  );
  for (const [index, { coupon, wanted: sent }] of told.entries()) {
    const result: StoreCouponResult | undefined = results?.[index];
    // A gone one keeps its id, so that it is found again when its owner takes it out of the trash.
    const kept = result && { ...result, externalId: result.externalId ?? sent.externalId };
    if (!kept) continue;
    const toldRevision = isPut ? coupon.termsRevision : coupon.standings[storeId]?.toldRevision;
    const standing = toStanding(kept, { at: clock(), toldRevision: toldRevision ?? 0 });
    await coupons.saveStanding(coupon, storeId, standing);
  }
}

/** A shop told that a coupon was changed or deleted in it: how it stands there now. */
export function createOnCouponTouched(deps: TellShopsDeps) {
  return async ({ merchantId, data }: PendingEvent<'coupon.touched'>): Promise<void> => {
    const coupon = await deps.coupons.byId(merchantId, data.couponId);
    const wanted = coupon && describeWanted(coupon, data.storeId, deps.clock());
    if (!coupon || !wanted) return;
    const shop = { merchantId, storeId: data.storeId };
    await note(deps, shop, { told: [{ coupon, wanted }], isPut: false });
  };
}

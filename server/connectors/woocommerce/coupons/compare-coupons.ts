import { z } from 'zod';
import type { StoreCoupon, StoreCouponResult } from '../../../shared/store-coupon.ts';
import type { WooClient } from '../rest/woo-client.ts';
import { buildCouponBody } from './build-coupon-body.ts';
import { compareCoupon } from './compare-coupon.ts';
import { findRemote } from './find-remote.ts';
import { remoteCoupon, type RemoteCoupon } from './remote-coupon.ts';

const PAGE = 100;

/** How coupons stand in a shop; nothing is changed there. */
export async function compareCoupons(
  client: WooClient,
  coupons: readonly StoreCoupon[],
): Promise<StoreCouponResult[]> {
  const listed = await listByIds(client, coupons);
  const results: StoreCouponResult[] = [];
  for (const coupon of coupons) {
    const found = listed.get(coupon.externalId ?? 0) ?? (await findRemote(client, coupon));
    results.push(compareWith(coupon, found));
  }
  return results;
}

/** A hundred at a time. Shops that list published coupons only are asked for the others one by one. */
async function listByIds(
  client: WooClient,
  coupons: readonly StoreCoupon[],
): Promise<Map<number, RemoteCoupon>> {
  const ids = coupons.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]));
  const found = new Map<number, RemoteCoupon>();
  for (let start = 0; start < ids.length; start += PAGE) {
    const include = ids.slice(start, start + PAGE).join(',');
    const { body } = await client.get('coupons', { include, per_page: PAGE, status: 'any' });
    for (const each of z.array(remoteCoupon).parse(body)) found.set(each.id, each);
  }
  return found;
}

function compareWith(coupon: StoreCoupon, found: RemoteCoupon | undefined): StoreCouponResult {
  const externalId = found?.id ?? null;
  const { terms, isPaused } = coupon;
  if (!terms || !found) {
    const isRight = found === undefined && (!terms || isPaused);
    const wanted = terms ? 'in the shop' : 'gone';
    const differences = [{ field: 'coupon', wanted, found: found ? 'in the shop' : 'gone' }];
    return isRight ? { state: 'in step', externalId } : { state: 'differs', externalId, differences };
  }
  const differences = compareCoupon(buildCouponBody(coupon, terms), found);
  return differences.length > 0
    ? { state: 'differs', externalId, differences }
    : { state: 'in step', externalId };
}

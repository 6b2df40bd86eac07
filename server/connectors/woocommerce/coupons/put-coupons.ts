import type { CouponTerms, StoreCoupon, StoreCouponResult } from '../../../shared/store-coupon.ts';
import type { WooClient } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';
import { buildCouponBody, type CouponBody } from './build-coupon-body.ts';
import { createCurrencyCheck } from './check-currency.ts';
import { findRemote } from './find-remote.ts';
import { readOwner, type RemoteCoupon } from './remote-coupon.ts';
import { sendBatch } from './send-batch.ts';

/** A coupon to be written, or what came of it already. */
type Plan = { write: CouponBody; id: number | null } | { result: StoreCouponResult };

/**
 * Makes coupons of a shop what they are to be. Every step can be repeated: what an answer that was lost has left
 * in the shop is found by its code and known as ours.
 */
export async function putCoupons(
  client: WooClient,
  coupons: readonly StoreCoupon[],
): Promise<StoreCouponResult[]> {
  const checkCurrency = createCurrencyCheck(client);
  const plans: Plan[] = [];
  for (const coupon of coupons) plans.push(await plan(client, coupon, checkCurrency));
  const writes = plans.flatMap((each) => ('write' in each ? [each] : []));
  const written = await sendBatch(client, writes);
  return plans.map((each) => ('write' in each ? (written.get(each) ?? unanswered(each.id)) : each.result));
}

async function plan(
  client: WooClient,
  coupon: StoreCoupon,
  checkCurrency: ReturnType<typeof createCurrencyCheck>,
): Promise<Plan> {
  const { terms, externalId } = coupon;
  const found = await findRemote(client, coupon);
  if (!terms) return { result: await takeAway(client, found) };
  const wrong = (await checkCurrency(coupon)) ?? refuseForeign(coupon, found);
  if (wrong !== undefined) return { result: { state: 'failed', externalId, reason: wrong } };
  return planWrite(coupon, terms, found);
}

function planWrite(coupon: StoreCoupon, terms: CouponTerms, found: RemoteCoupon | undefined): Plan {
  // A draft is not found by its code: one whose answer was lost would be made twice.
  if (!found && coupon.isPaused) return { result: { state: 'in step', externalId: null } };
  return { write: buildCouponBody(coupon, terms), id: found?.id ?? null };
}

/** A coupon that the shop's owner made stays theirs until they say otherwise. */
function refuseForeign({ code, mayAdopt }: StoreCoupon, found: RemoteCoupon | undefined): string | undefined {
  if (!found || mayAdopt || readOwner(found) !== undefined) return undefined;
  return `The shop has a coupon "${code}" that Refledger did not make. Send \`adopt: true\` to take it over.`;
}

/** Into the shop's trash, whence its owner can take it back. What is not ours stays. */
async function takeAway(client: WooClient, found: RemoteCoupon | undefined): Promise<StoreCouponResult> {
  const gone: StoreCouponResult = { state: 'in step', externalId: null };
  if (!found || readOwner(found) === undefined) return gone;
  try {
    await client.delete(`coupons/${found.id}`);
  } catch (error) {
    if (!(error instanceof WooError)) throw error;
    if (error.wooCode === NO_TRASH) await client.delete(`coupons/${found.id}`, { force: true });
    else if (error.code !== 'not-found') throw error;
  }
  return gone;
}

/** What a shop says whose owner has switched the trash off. */
const NO_TRASH = 'woocommerce_rest_trash_not_supported';

function unanswered(externalId: number | null): StoreCouponResult {
  return { state: 'failed', externalId, reason: 'The shop did not say what it did with it.' };
}

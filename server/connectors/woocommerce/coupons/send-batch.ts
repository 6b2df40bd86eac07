import { z } from 'zod';
import type { StoreCouponResult } from '../../../shared/store-coupon.ts';
import type { WooClient } from '../rest/woo-client.ts';
import type { CouponBody } from './build-coupon-body.ts';
import { compareCoupon } from './compare-coupon.ts';
import { remoteCoupon } from './remote-coupon.ts';

/** WooCommerce answers 413 to more. */
const LARGEST_BATCH = 100;

/** What is to be written; `id` null: the coupon is new. */
export interface CouponWrite {
  write: CouponBody;
  id: number | null;
}

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string().default('') }) });
/** In the order in which they were sent; a whole answer is 200 although items were refused. */
const batchAnswer = z.object({
  create: z.array(z.unknown()).default([]),
  update: z.array(z.unknown()).default([]),
});

/** Writes coupons and reads what came of each. */
export async function sendBatch<T extends CouponWrite>(
  client: WooClient,
  writes: readonly T[],
): Promise<Map<T, StoreCouponResult>> {
  const results = new Map<T, StoreCouponResult>();
  for (let start = 0; start < writes.length; start += LARGEST_BATCH) {
    const chunk = writes.slice(start, start + LARGEST_BATCH);
    const create = chunk.filter(({ id }) => id === null);
    const update = chunk.filter(({ id }) => id !== null);
    const { body } = await client.post('coupons/batch', {
      ...(create.length > 0 && { create: create.map(({ write }) => write) }),
      ...(update.length > 0 && { update: update.map(({ write, id }) => ({ ...write, id })) }),
    });
    const answer = batchAnswer.parse(body);
    create.forEach((each, index) => results.set(each, readItem(each, answer.create[index])));
    update.forEach((each, index) => results.set(each, readItem(each, answer.update[index])));
  }
  return results;
}

function readItem({ write, id }: CouponWrite, item: unknown): StoreCouponResult {
  const refused = refusal.safeParse(item);
  if (refused.success) {
    const { code, message } = refused.data.error;
    return {
      state: 'failed',
      externalId: id,
      reason: `WooCommerce refused it: ${message || code}`.slice(0, 300),
    };
  }
  const stored = remoteCoupon.safeParse(item);
  if (!stored.success) {
    return { state: 'failed', externalId: id, reason: 'The shop did not answer as WooCommerce does.' };
  }
  const { id: externalId } = stored.data;
  const differences = compareCoupon(write, stored.data);
  return differences.length > 0
    ? { state: 'differs', externalId, differences }
    : { state: 'in step', externalId };
}

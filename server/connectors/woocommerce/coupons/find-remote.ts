import { z } from 'zod';
import type { StoreCoupon } from '../../../shared/store-coupon.ts';
import type { WooClient } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';
import { remoteCoupon, type RemoteCoupon } from './remote-coupon.ts';

/**
 * The coupon of the shop that is meant: by the shop's own id, which also finds a paused one, else by its code,
 * which finds published ones alone. One in the trash is not there.
 */
export async function findRemote(
  client: WooClient,
  { externalId, code }: Pick<StoreCoupon, 'externalId' | 'code'>,
): Promise<RemoteCoupon | undefined> {
  const known = externalId === null ? undefined : await findById(client, externalId);
  if (known) return known;
  const { body } = await client.get('coupons', { code });
  return z.array(remoteCoupon).parse(body)[0];
}

/** Undefined when the shop has it no more, or in its trash. */
async function findById(client: WooClient, id: number): Promise<RemoteCoupon | undefined> {
  try {
    const found = remoteCoupon.parse((await client.get(`coupons/${id}`)).body);
    return found.status === 'trash' ? undefined : found;
  } catch (error) {
    if (error instanceof WooError && error.code === 'not-found') return undefined;
    throw error;
  }
}

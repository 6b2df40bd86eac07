import { z } from 'zod';
import type { StoreCoupon } from '../../../shared/store-coupon.ts';
import type { WooClient } from '../rest/woo-client.ts';

const current = z.object({ code: z.string() });

/**
 * Why a coupon's amounts mean something else in this shop: a coupon of WooCommerce names no currency, its amounts are
 * in the shop's. The shop is asked once, and only where there are amounts.
 */
export function createCurrencyCheck(
  client: WooClient,
): (coupon: Pick<StoreCoupon, 'terms'>) => Promise<string | undefined> {
  let asked: Promise<string> | undefined;
  const ask = async (): Promise<string> =>
    current.parse((await client.get('data/currencies/current')).body).code;
  return async ({ terms }) => {
    const amounts = [terms?.discount.kind === 'fixed' ? terms.discount : null, terms?.minimum ?? null];
    const [stated] = amounts.flatMap((amount) => (amount ? [amount.currency] : []));
    if (stated === undefined) return undefined;
    const sold = await (asked ??= ask());
    return sold === stated
      ? undefined
      : `The shop sells in ${sold}, and the coupon's amounts are in ${stated}.`;
  };
}

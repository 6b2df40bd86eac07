import { formatMinorUnits } from '../../shared/minor-units.ts';

/** Writes amounts of one shop as Shopify does: as a scalar, and in the shop's and the buyer's currency. */
export interface ShopifyMoney {
  scalar(amount: bigint): string;
  set(amount: bigint): object;
}

export function shopifyMoney(currency: string): ShopifyMoney {
  const scalar = (amount: bigint): string => formatMinorUnits(amount, currency);
  return {
    scalar,
    set(amount) {
      const money = { amount: scalar(amount), currency_code: currency };
      return { shop_money: money, presentment_money: money };
    },
  };
}

/** "2026-10-03T14:05:00+00:00" */
export function shopifyTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}+00:00`;
}

import { scale, sum } from '../../shared/money.ts';
import type { RefundBody } from './refund.schema.ts';
import { readMinorUnits, type ShopMoneyReader } from './read-shop-money.ts';

/** One amount in the shop's currency and in the buyer's, each in its own minor units. */
interface Both {
  shop: bigint;
  buyer: bigint;
}

/**
 * What a refund gives back beyond its lines and its shipping: gross, in minor units of the shop's currency
 * (S6, amount-only; shopify.md 9).
 *
 * Shopify books it as a negative `refund_discrepancy`. A positive one is money that is still on its way,
 * that failed, or that the merchant kept. Money on its way is known in the buyer's currency only, so the
 * balance is struck there, and taken back to the shop's currency at the rate of the negative ones.
 */
export function measureExtraRefund(refund: RefundBody, currency: string, read: ShopMoneyReader): bigint {
  const booked = readDiscrepancies(refund, read);
  const beyond = booked.filter(({ shop }) => shop < 0n);
  const most: Both = {
    shop: -sum(beyond.map(({ shop }) => shop)),
    buyer: -sum(beyond.map(({ buyer }) => buyer)),
  };
  if (most.buyer === 0n) return most.shop;
  const balance = readMoneyOnItsWay(refund, currency) - sum(booked.map(({ buyer }) => buyer));
  const given = balance < 0n ? 0n : balance < most.buyer ? balance : most.buyer;
  return scale(given, most.shop, most.buyer);
}

function readDiscrepancies(refund: RefundBody, read: ShopMoneyReader): Both[] {
  return refund.order_adjustments.flatMap((adjustment, index) => {
    if (adjustment.kind !== 'refund_discrepancy') return [];
    const path = `order_adjustments.${index}.amount`;
    const shop = read(adjustment.amount, adjustment.amount_set, path);
    const told = adjustment.amount_set?.presentment_money;
    const buyer = told ? readMinorUnits(told.amount, told.currency_code, path) : shop;
    return [{ shop, buyer }];
  });
}

function readMoneyOnItsWay(refund: RefundBody, shopCurrency: string): bigint {
  const pending = refund.transactions.filter(({ kind, status }) => kind === 'refund' && status === 'pending');
  return sum(
    pending.map(({ amount, currency }, index) =>
      readMinorUnits(amount, currency ?? shopCurrency, `transactions.${index}.amount`),
    ),
  );
}

import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { MonthPlan, PlannedOrder } from './plan/month-plan.ts';
import type { BookedPosting } from './read-books.ts';

/** One posting with its receipt in words. The amount is in minor units, below zero for a reversal. */
export interface ChosenReceipt {
  orderNumber: string;
  affiliate: string;
  currency: string;
  amount: bigint;
  words: string[];
}

const receipt = z.object({ words: z.array(z.string()) });

/**
 * The receipt that tells the most: the last posting of an order where a coupon beat another affiliate's link
 * and lines were refunded later; in a small month, of any reversal or any order.
 */
export async function chooseReceipt(
  api: ApiClient,
  { orders }: Pick<MonthPlan, 'orders'>,
  postings: readonly BookedPosting[],
): Promise<ChosenReceipt | null> {
  const telling = orders.filter(isTelling).map(({ number }) => `#${number}`);
  const reversals = postings.filter(({ amount }) => amount < 0n).sort(byOrder);
  const chosen =
    reversals.find(({ orderNumber }) => telling.includes(orderNumber)) ??
    reversals[0] ??
    [...postings].sort(byOrder)[0];
  if (!chosen) return null;
  const { id, orderNumber, affiliate, currency, amount } = chosen;
  const { words } = await api.get(`/api/v1/commissions/${id}/receipt`, receipt);
  return { orderNumber, affiliate, currency, amount, words };
}

function isTelling({ coupon, clicks, change }: PlannedOrder): boolean {
  const [click] = clicks;
  const isContested = coupon?.owner && click && click.affiliate !== coupon.owner;
  return Boolean(isContested) && change?.kind === 'refund-line';
}

const byOrder = (a: BookedPosting, b: BookedPosting): number => (a.orderNumber < b.orderNumber ? -1 : 1);

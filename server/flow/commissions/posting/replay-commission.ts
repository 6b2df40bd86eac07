import { describeMoney } from '../../../shared/minor-units.ts';
import { sum } from '../../../shared/money.ts';
import type { Order } from '../../ingest/index.ts';
import { seriesOf, type Commission } from '../commission.model.ts';
import type { CreditedSale } from './credited-sale.ts';
import { targetSeries } from './target-series.ts';

/**
 * Compares what was posted for an order with what the formula gives today, under a decision and its rules (S6).
 * An order of which something waits (a reading, a person's word on a deletion) is not compared.
 * @returns each difference in words; none when the books are what the code would write.
 */
export function replayCommission(order: Order, sale: CreditedSale, commission: Commission): string[] {
  const last = order.versions.at(-1);
  const isCaughtUp = commission.orderVersion === order.versions.length && !commission.removalToConfirm;
  if (!last || last.needsRead || !isCaughtUp) return [];
  const version = {
    orderId: order._id,
    placedAt: order.placedAt ?? last.snapshot.createdAt,
    version: last.number,
    snapshot: last.snapshot,
  };
  return targetSeries(version, sale, commission).flatMap((series) => {
    const own = commission.postings.filter((posting) => seriesOf(posting) === seriesOf(series));
    const posted = sum(own.map(({ amount }) => amount));
    if (posted === series.target) return [];
    const money = (amount: bigint): string => describeMoney(amount, series.currency);
    return [
      `${series.affiliateName} would have ${money(series.target)} for the order, posted: ${money(posted)}`,
    ];
  });
}

import { DAY } from '../shared/clock.ts';
import { expectCommission } from './expect-commission.ts';
import { groupBy } from './plan/group-by.ts';
import type { MonthPlan, PlannedAffiliate, PlannedDelivery, PlannedOrder } from './plan/month-plan.ts';

/** What one affiliate has in one currency. Minor units. */
export interface AffiliateFigures {
  name: string;
  currency: string;
  /** Orders that were credited, also those that came to nothing. */
  orders: number;
  commission: bigint;
  /** What was taken back, above zero. */
  reversals: bigint;
  /** commission - reversals */
  balance: bigint;
}

const BY_LINK_PPM = 200_000n;
const BY_COUPON_PPM = 100_000n;
const WINDOW = 30 * DAY;

/**
 * What the books must say after a month, recomputed from the plan's facts alone, with nothing of the flow:
 * the check on everything between a shop's message and the ledger. By name, then currency.
 */
export function expectBalances({ deliveries }: Pick<MonthPlan, 'deliveries'>): AffiliateFigures[] {
  const figures = new Map<string, AffiliateFigures>();
  for (const [order, told] of groupBy(deliveries, (delivery) => delivery.order)) {
    const credit = findCredit(order);
    if (!credit) continue;
    const { name } = credit.affiliate;
    const { currency } = order.shop;
    const row = figures.get(`${name} ${currency}`) ?? emptyRow(name, currency);
    const { up, down } = followOrder(order, told, credit.ratePpm);
    row.orders += 1;
    row.commission += up;
    row.reversals += down;
    row.balance += up - down;
    figures.set(`${name} ${currency}`, row);
  }
  return [...figures.values()].sort(byNameAndCurrency);
}

/** By name, then currency. */
export function byNameAndCurrency(a: AffiliateFigures, b: AffiliateFigures): number {
  return `${a.name} ${a.currency}` < `${b.name} ${b.currency}` ? -1 : 1;
}

const emptyRow = (name: string, currency: string): AffiliateFigures => ({
  name,
  currency,
  orders: 0,
  commission: 0n,
  reversals: 0n,
  balance: 0n,
});

/** A coupon of an affiliate before any link, the last link within the window, never the buyer's own (S3, S9). */
function findCredit({
  coupon,
  clicks,
  placedAt,
  buyer,
}: PlannedOrder): { affiliate: PlannedAffiliate; ratePpm: bigint } | undefined {
  if (coupon?.owner) return { affiliate: coupon.owner, ratePpm: BY_COUPON_PPM };
  const last = clicks
    .filter(
      ({ at, affiliate }) => placedAt.getTime() - at.getTime() <= WINDOW && affiliate.email !== buyer.email,
    )
    .at(-1);
  return last && { affiliate: last.affiliate, ratePpm: BY_LINK_PPM };
}

/** Follows the messages as they arrive: each one posts the difference to what is known by then (S6). */
function followOrder(
  order: PlannedOrder,
  told: readonly PlannedDelivery[],
  ratePpm: bigint,
): { up: bigint; down: bigint } {
  let known = false;
  let changed = false;
  let posted = 0n;
  let up = 0n;
  let down = 0n;
  for (const { topic, stage } of told) {
    changed ||= stage === 'changed';
    known ||= topic !== 'refunds/create';
    if (!known) continue;
    const difference = expectCommission(order, changed, ratePpm) - posted;
    if (difference > 0n) up += difference;
    else down -= difference;
    posted += difference;
  }
  return { up, down };
}

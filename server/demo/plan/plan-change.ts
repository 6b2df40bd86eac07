import { DAY, HOUR } from '../../shared/clock.ts';
import { scale, sum } from '../../shared/money.ts';
import { applyRate, PPM } from '../../shared/rates.ts';
import type { OrderChange, PlannedLine, PlannedOrder } from './month-plan.ts';
import type { SeededRandom } from './seeded-random.ts';

export type ChangeKind = OrderChange['kind'];

/** How much of an order is given back where no line is named. */
const PARTS_PPM = [200_000, 333_333, 500_000, PPM];

/** A buyer's second thoughts; half of them come within hours, where deliveries overtake each other. */
export function planChange(
  kind: ChangeKind,
  order: Pick<PlannedOrder, 'number' | 'lines' | 'placedAt' | 'paidAt'>,
  random: SeededRandom,
): OrderChange {
  const start = order.paidAt ?? order.placedAt;
  const at =
    random.fraction() < 0.5 ? random.moment(start, HOUR, 20 * HOUR) : random.moment(start, DAY, 3 * DAY);
  const refundId = order.number * 10;
  switch (kind) {
    case 'refund-line':
      return { kind, at, refundId, ...takeUnits(random.pick(order.lines), random) };
    case 'refund-amount': {
      const gross = sum(order.lines.map(({ net, tax }) => net + tax));
      return { kind, at, refundId, amount: applyRate(gross, random.pick(PARTS_PPM)) };
    }
    case 'refund-shipping':
      return { kind, at, refundId };
    case 'edit': {
      const { quantity: removedUnits, ...taken } = takeUnits(firstOf(order.lines), random, 1);
      return { kind, at, removedUnits, ...taken };
    }
    case 'cancel':
      return { kind, at };
  }
}

/** Some units of a line, with their share of its amounts. */
function takeUnits(line: PlannedLine, random: SeededRandom, fewestLeft = 0) {
  const quantity = random.integer(1, line.quantity - fewestLeft);
  const share = (amount: bigint): bigint => scale(amount, BigInt(quantity), BigInt(line.quantity));
  return { lineId: line.id, quantity, net: share(line.net), tax: share(line.tax) };
}

function firstOf(lines: readonly PlannedLine[]): PlannedLine {
  const [line] = lines;
  if (!line) throw new RangeError('An order has at least one line.');
  return line;
}

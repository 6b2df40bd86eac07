import { scale } from '../../shared/money.ts';
import { applyRate, PPM } from '../../shared/rates.ts';
import type { Good, PlannedLine, PlannedOrder, PlannedShop } from './month-plan.ts';
import type { SeededRandom } from './seeded-random.ts';

const MOST_LINES = 3;
const MOST_UNITS = 3;
/** Line ids of one order begin at its number x this. */
const LINES_PER_ORDER = 10;

/**
 * What a buyer puts into the cart, as the platform computes it: discount and tax per line, rounded per line.
 * @param order `fewestLines`: so that a refund of one leaves another; `fewestUnits`: of the first line, so that
 * an edit can take some of them off
 */
export function planGoods(
  order: { shop: PlannedShop; number: number; discountPpm: number; fewestLines: number; fewestUnits: number },
  random: SeededRandom,
): Pick<PlannedOrder, 'lines' | 'shipping'> {
  const { shop, number, discountPpm } = order;
  const goods = random.shuffle(shop.goods).slice(0, random.integer(order.fewestLines, MOST_LINES));
  const lines = goods.map((good, index) => {
    const quantity = random.integer(index === 0 ? order.fewestUnits : 1, MOST_UNITS);
    return planLine({ id: number * LINES_PER_ORDER + index, good, quantity }, shop, discountPpm);
  });
  const net = shop.shippingPrice;
  return { lines, shipping: { net, tax: applyRate(net, shop.taxPpm) } };
}

function planLine(
  line: { id: number; good: Good; quantity: number },
  { taxIncluded, taxPpm }: PlannedShop,
  discountPpm: number,
): PlannedLine {
  const listed = line.good.price * BigInt(line.quantity);
  const discount = applyRate(listed, discountPpm);
  const paid = listed - discount;
  const net = taxIncluded ? scale(paid, BigInt(PPM), BigInt(PPM + taxPpm)) : paid;
  const tax = taxIncluded ? paid - net : applyRate(net, taxPpm);
  return { ...line, listed, discount, net, tax };
}

import { planMonth, type PlannedOrder } from '../../server/demo/index.ts';

/** One line of 100.00 EUR + 21.00 EUR tax, two units, credited to nobody; members may be replaced. */
export function aPlannedOrder(members: Partial<PlannedOrder> = {}): PlannedOrder {
  const { orders, shops } = planMonth({ seed: 1, orders: 5 });
  const [order] = orders;
  const shop = shops.find(({ name }) => name === 'Casa Oliva');
  const good = shop?.goods[0];
  if (!order || !shop || !good) throw new Error('The plan has no such order.');
  const line = { id: 1, good, quantity: 2, listed: 10_000n, discount: 0n, net: 10_000n, tax: 2_100n };
  return {
    ...order,
    shop,
    number: 1,
    lines: [line],
    shipping: { net: 500n, tax: 105n },
    coupon: null,
    clicks: [],
    change: null,
    ...members,
  };
}

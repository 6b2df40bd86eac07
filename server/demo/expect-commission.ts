import type { PlannedOrder } from './plan/month-plan.ts';

/**
 * The commission of an order by the words of S4 to S6, in arithmetic of its own: nothing here is shared with
 * the code that it checks. Minor units.
 * @param changed whether the order's change is known
 */
export function expectCommission(order: PlannedOrder, changed: boolean, ratePpm: bigint): bigint {
  const { change } = order;
  let nets = order.lines.map(({ net }) => net);
  if (changed && change) {
    switch (change.kind) {
      case 'cancel':
        return 0n;
      case 'refund-shipping':
        break;
      case 'refund-amount':
        nets = takeOffGross(order, nets, change.amount);
        break;
      case 'refund-line':
      case 'edit':
        nets = nets.map((net, index) => (order.lines[index]?.id === change.lineId ? net - change.net : net));
    }
  }
  return nets.reduce((total, net) => total + roundHalfUp(net * ratePpm, 1_000_000n), 0n);
}

/** An amount of no line contains tax: its net part leaves the lines by weight, largest remainder first. */
function takeOffGross(order: PlannedOrder, nets: bigint[], amount: bigint): bigint[] {
  const net = nets.reduce((total, each) => total + each, 0n);
  const gross = order.lines.reduce((total, { tax }) => total + tax, net);
  const part = roundHalfUp(amount * net, gross);
  const shares = nets.map((each) => (part * each) / net);
  const remainders = nets.map((each) => (part * each) % net);
  const missing = part - shares.reduce((total, each) => total + each, 0n);
  const largestFirst = [...nets.keys()].sort((a, b) => {
    const difference = (remainders[b] ?? 0n) - (remainders[a] ?? 0n);
    return difference === 0n ? a - b : difference > 0n ? 1 : -1;
  });
  const raised = new Set(largestFirst.slice(0, Number(missing)));
  return nets.map((each, index) => each - (shares[index] ?? 0n) - (raised.has(index) ? 1n : 0n));
}

/** Nothing here is below zero, so half away from zero is half up. */
const roundHalfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

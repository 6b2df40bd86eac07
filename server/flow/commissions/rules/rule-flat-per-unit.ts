import { describeMoney } from '../../../shared/minor-units.ts';
import { defineCommissionRule } from './define-commission-rule.ts';
import { describeFlatAmounts, findMissingAmount, flatAmountIn, flatArgs } from './flat-amounts.ts';

/** Flat per unit: for each unit that edits and refunds by line leave of a line (S5). */
export const flatPerUnitRule = defineCommissionRule({
  kind: 'flat-per-unit',
  argsSchema: flatArgs,
  describe: (args) => `${describeFlatAmounts(args)} per unit`,
  findObstacle(line, args, { order }) {
    if (line.kind !== 'goods') return 'only goods are paid by the unit';
    return findMissingAmount(args, order.currency);
  },
  computeLine({ units }, args, { order: { currency } }) {
    const flat = flatAmountIn(args, currency) ?? 0n;
    const amount = flat * BigInt(units);
    const words = `${units} x ${describeMoney(flat, currency)} is ${describeMoney(amount, currency)}`;
    return { amount, words };
  },
});

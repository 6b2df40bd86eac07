import { describeMoney } from '../../../shared/minor-units.ts';
import { sum } from '../../../shared/money.ts';
import { defineCommissionRule } from './define-commission-rule.ts';
import { describeFlatAmounts, findMissingAmount, flatAmountIn, flatArgs } from './flat-amounts.ts';

/** Flat per order: due once, while the base of the lines that chose it is above zero (S5). */
export const flatPerOrderRule = defineCommissionRule({
  kind: 'flat-per-order',
  argsSchema: flatArgs,
  describe: (args) => `${describeFlatAmounts(args)} per order`,
  findObstacle: (_line, args, { order }) => findMissingAmount(args, order.currency),
  computeOrder(lines, args, { order: { currency } }) {
    const money = (amount: bigint): string => describeMoney(amount, currency);
    const base = sum(lines.map((line) => line.base));
    const flat = flatAmountIn(args, currency) ?? 0n;
    if (base > 0n) return { amount: flat, words: `${money(flat)} once for a base of ${money(base)}` };
    return { amount: 0n, words: `nothing of ${money(flat)} per order, because the base is ${money(base)}` };
  },
});

import { describeMoney } from '../../../shared/minor-units.ts';
import { defineCommissionRule } from './define-commission-rule.ts';
import { describeFlatAmounts, findMissingAmount, flatAmountIn, flatArgs } from './flat-amounts.ts';

/** Flat per line: due while edits and refunds by line leave anything of the line (S5). */
export const flatPerLineRule = defineCommissionRule({
  kind: 'flat-per-line',
  argsSchema: flatArgs,
  describe: (args) => `${describeFlatAmounts(args)} per line`,
  findObstacle(line, args, { order }) {
    if (line.kind !== 'goods') return 'only goods are paid by the line';
    return findMissingAmount(args, order.currency);
  },
  computeLine({ units }, args, { order: { currency } }) {
    const flat = flatAmountIn(args, currency) ?? 0n;
    if (units > 0) return { amount: flat, words: `${describeMoney(flat, currency)} for the line` };
    const words = `nothing of ${describeMoney(flat, currency)} per line, because nothing of the line is left`;
    return { amount: 0n, words };
  },
});

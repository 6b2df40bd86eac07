import { describeMoney } from '../../shared/minor-units.ts';
import type { Receipt } from '../commissions/index.ts';

/**
 * How a posting's amount came about, in one sentence: "20 % of 18.50 EUR is 3.70 EUR; 3.70 EUR minus
 * 7.40 EUR posted before is -3.70 EUR" (S14). The whole story is in the receipt.
 */
export function describeArithmetic(receipt: Receipt): string {
  const money = (amount: bigint): string => describeMoney(amount, receipt.order.currency);
  const { target, alreadyPosted, amount, earlier } = receipt;
  const steps = describeTarget(receipt, money);
  if (earlier.length > 0) {
    steps.push(`${money(target)} minus ${money(alreadyPosted)} posted before is ${money(amount)}`);
  }
  return steps.join('; ');
}

function describeTarget(receipt: Receipt, money: (amount: bigint) => string): string[] {
  const { nothingBecause, base, target, lines, orderCommissions } = receipt;
  if (nothingBecause !== null) return [`${money(0n)}, because ${nothingBecause}`];
  const earning = lines.filter((line) => line.base !== 0n);
  if (earning.length === 0) return [`base ${money(base)}, commission ${money(target)}`];
  const paidOnce = new Set(orderCommissions.map(({ rule }) => rule.id));
  const byLine = earning.filter(({ rule }) => rule === null || !paidOnce.has(rule.id));
  const words = [...byLine, ...orderCommissions].map((part) => part.words);
  return words.length > 1 ? [...words, `together ${money(target)}`] : words;
}

import { describeMoney } from '../../shared/minor-units.ts';
import { formatRate } from '../../shared/rates.ts';
import type { Receipt } from '../commissions/index.ts';

/**
 * How a posting's amount came about, in one sentence: "20 % of 18.50 EUR is 3.70 EUR; 3.70 EUR minus
 * 7.40 EUR posted before is -3.70 EUR" (S14). It ends at the posting's amount, also where the commission is
 * split and where a difference is borne by several postings. The whole story is in the receipt.
 */
export function describeArithmetic(receipt: Receipt): string {
  const money = (amount: bigint): string => describeMoney(amount, receipt.order.currency);
  const { target, alreadyPosted, difference, amount, earlier } = receipt;
  const steps = describeTarget(receipt, money);
  if (earlier.length > 0) {
    const part = amount === difference ? '' : `, of which this is ${money(amount)}`;
    steps.push(`${money(target)} minus ${money(alreadyPosted)} posted before is ${money(difference)}${part}`);
  }
  return steps.join('; ');
}

function describeTarget(receipt: Receipt, money: (amount: bigint) => string): string[] {
  const { nothingBecause, base, target, lines, orderCommissions, split } = receipt;
  if (nothingBecause !== null) return [`${money(0n)}, because ${nothingBecause}`];
  const earning = lines.filter((line) => line.base !== 0n);
  if (earning.length === 0) return [`base ${money(base)}, commission ${money(target)}`];
  const paidOnce = new Set(orderCommissions.map(({ rule }) => rule.id));
  const byLine = earning.filter(({ rule }) => rule === null || !paidOnce.has(rule.id));
  const words = [...byLine, ...orderCommissions].map((part) => part.words);
  const whole = split ? split.whole : target;
  return [
    ...words,
    ...(words.length > 1 ? [`together ${money(whole)}`] : []),
    ...describeShare(receipt, money),
  ];
}

/** Which part of a split commission this affiliate has (S3). */
function describeShare({ split, target }: Receipt, money: (amount: bigint) => string): string[] {
  const share = split?.shares[split.index];
  return share ? [`the share of ${formatRate(share.sharePpm)} is ${money(target)}`] : [];
}

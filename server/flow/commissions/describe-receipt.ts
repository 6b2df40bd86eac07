import { describeMoney } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import { formatRate } from '../../shared/rates.ts';
import type { Refund } from '../../shared/order.ts';
import type { CommissionLine } from './compute-commission.ts';
import type { Receipt, ReceiptTouch } from './receipt.ts';

/** A receipt in words (S16): one paragraph a step, for the merchant, the affiliate and whoever must check it. */
export function describeReceipt(receipt: Receipt): string[] {
  const { order, affiliate, program } = receipt;
  const money = (amount: bigint): string => describeMoney(amount, order.currency);
  return [
    `Order ${order.number}, version ${order.version} (${order.status}), placed ${describeTime(order.placedAt)}.`,
    describeCredit(receipt),
    ...receipt.attribution.losers.map(
      (loser) => `Not credited: ${describeTouch(loser)}, because ${loser.reason}.`,
    ),
    `Rules version ${program.rulesVersion}, programme settings version ${program.settingsVersion}.`,
    ...order.refunds.map((refund) => describeRefund(refund, money)),
    ...receipt.lines.flatMap((line) => describeLine(line, money)),
    ...describeTarget(receipt, money),
    ...describeEarlier(receipt, money),
    ...describeParts(receipt, money),
    describePosting(receipt.amount, affiliate.name, money),
  ];
}

function describeCredit({ attribution, affiliate }: Receipt): string {
  const { winner, decision } = attribution;
  if (!winner)
    return `Decision ${decision}: no affiliate is credited. This posting concerns ${affiliate.name}.`;
  return `Decision ${decision}: credited to ${winner.affiliateName} for the ${describeTouch(winner)}.`;
}

function describeTouch({ class: touchClass, carrier, at, affiliateName }: ReceiptTouch): string {
  const found = carrier.startsWith(touchClass) ? carrier : `${touchClass} touch (${carrier})`;
  return `${found} of ${affiliateName}, ${describeTime(at)}`;
}

type Describe = (amount: bigint) => string;

/** What was given back, as the store tells it; what it takes off each line stands with the line. */
function describeRefund(
  { id, createdAt, lines, amountOnly, shipping, made }: Refund,
  money: Describe,
): string {
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.map((line) => line.tax));
  const parts = [
    ...(lines.length > 0 ? [`${money(net)} by line and ${money(tax)} tax`] : []),
    ...(amountOnly !== 0n ? [`${money(amountOnly)} with tax that names no line`] : []),
    ...(shipping !== 0n ? [`${money(shipping)} shipping, outside the base`] : []),
  ];
  const what = parts.join('; ') || 'nothing';
  return `Refund ${id}, ${describeTime(createdAt)}: ${what}${made ? '' : '; its payment failed, so it does not count'}.`;
}

function describeLine(line: CommissionLine, money: Describe): string[] {
  const steps: [bigint, string][] = [
    [line.discount, 'discount'],
    [line.containedTax, 'contained tax'],
    [line.feeShare, 'share of negative fees'],
    [line.removed, 'removed by edit'],
    [line.refunded, 'refunded'],
    [line.refundShare, 'share of refunded amounts'],
  ];
  const taken = steps
    .filter(([amount]) => amount !== 0n)
    .map(([amount, name]) => ` - ${money(amount)} ${name}`);
  const base = `${line.quantity} x ${line.title}: ${money(line.listed)}${taken.join('')} = base ${money(line.base)}${line.tax > 0n && line.containedTax === 0n ? `, tax ${money(line.tax)} on top` : ''}.`;
  if (line.excluded !== null) return [`${base} Outside the base: ${line.excluded}.`];
  const rule = line.rule ? `Rule ${line.rule.id} (${line.rule.level}): ` : '';
  const beaten = line.beaten.map(({ id, level, describe }) => `${id} (${level}, ${describe})`);
  const beat = beaten.length > 0 ? ` It came before ${beaten.join(', ')}.` : '';
  return [`${base} ${rule}${line.words}.${beat}`];
}

function describeTarget(receipt: Receipt, money: Describe): string[] {
  const { target, base, nothingBecause, split, affiliate } = receipt;
  if (nothingBecause !== null) return [`Commission of the order: ${money(0n)}, because ${nothingBecause}.`];
  if (!split) return [`Commission of the order: ${money(target)} on a base of ${money(base)}.`];
  const each = split.shares.map(
    ({ affiliateName, class: touchClass, sharePpm }) =>
      `${formatRate(sharePpm)} to ${affiliateName} (${touchClass})`,
  );
  return [
    `Commission of the order: ${money(split.whole)} on a base of ${money(base)}.`,
    `It is split: ${each.join(', ')}. The part of ${affiliate.name} is ${money(target)}.`,
  ];
}

function describeEarlier({ earlier, alreadyPosted }: Receipt, money: Describe): string[] {
  if (earlier.length === 0) return [];
  const each = earlier.map(({ orderVersion, amount }) => `${money(amount)} for version ${orderVersion}`);
  return [`Already posted: ${each.join(', ')}; together ${money(alreadyPosted)}.`];
}

/** Only where commissions of several states are taken back: which part of the difference this posting is. */
function describeParts({ parts, difference }: Receipt, money: Describe): string[] {
  if (parts.length < 2) return [];
  const each = parts.map(({ amount }) => money(amount));
  return [
    `The difference of ${money(difference)} is taken from commissions that stand differently: ${each.join(', ')}.`,
  ];
}

function describePosting(amount: bigint, name: string, money: Describe): string {
  if (amount < 0n) return `Posted now: ${money(amount)}, a reversal for ${name}.`;
  return `Posted now: ${money(amount)} for ${name}.`;
}

/** UTC to the minute: "2026-10-03 14:05 UTC". */
function describeTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

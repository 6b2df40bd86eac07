import { describeMoney } from '../../../shared/minor-units.ts';
import { sum } from '../../../shared/money.ts';
import type { Refund } from '../../../shared/order.ts';
import { RULE_LEVELS, type RuleTerms } from '../../../shared/program-rules.ts';
import type { AppliedRule, CommissionLine, CommissionTarget } from '../rules/compute-commission.ts';
import { describeTime } from './describe-time.ts';
import type { Receipt } from './receipt.ts';

type Describe = (amount: bigint) => string;

/** How a target came about, in words (S16): the terms, what was given back, line by line, and the sum. */
export function describeComputation(
  order: Pick<Receipt['order'], 'currency' | 'refunds' | 'shipping' | 'chargeback'>,
  target: CommissionTarget,
): string[] {
  const money = (amount: bigint): string => describeMoney(amount, order.currency);
  const { terms, lines, orderCommissions } = target;
  const withShipping = terms?.include.includes('shipping') ?? false;
  return [
    ...(terms ? describeTerms(terms) : []),
    ...(order.chargeback === 'none' ? [] : [describeChargeback(order.chargeback)]),
    ...order.refunds.map((refund) => describeRefund(refund, withShipping, money)),
    ...lines.map((line) => describeLine(line, money)),
    ...orderCommissions.map(({ rule, lineIds, words }) => {
      const count = lineIds.length === 1 ? '1 line' : `${lineIds.length} lines`;
      return `Rule ${rule.id} (${rule.level}), for ${count}: ${words}.`;
    }),
    describeTarget(target, money),
  ];
}

function describeTerms({ order, exclude, include }: RuleTerms): string[] {
  const excluded = [
    ...exclude.productIds.map((id) => `product ${id}`),
    ...exclude.categoryIds.map((id) => `category ${id}`),
  ];
  const isDefault = order.every((level, index) => level === RULE_LEVELS[index]);
  return [
    ...(isDefault ? [] : [`The order of rules: ${order.join(', ')}.`]),
    ...(include.length > 0 ? [`In the base beside the goods: ${include.join(', ')}.`] : []),
    ...(excluded.length > 0 ? [`Outside the base: ${excluded.join(', ')}.`] : []),
  ];
}

function describeChargeback(state: 'open' | 'lost' | 'won'): string {
  if (state === 'lost') return 'A charge-back was lost.';
  return `A charge-back ${state === 'open' ? 'is open' : 'was won'}; that changes nothing.`;
}

/** What was given back, as the store tells it; what it takes off each line stands with the line. */
function describeRefund(refund: Refund, withShipping: boolean, money: Describe): string {
  const { id, createdAt, lines, amountOnly, shipping, fees, made, totalOnly } = refund;
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.map((line) => line.tax));
  const feeTotal = sum(fees.map((fee) => fee.net + fee.tax));
  const parts = [
    ...(lines.length > 0 ? [`${money(net)} by line and ${money(tax)} tax`] : []),
    ...(amountOnly !== 0n ? [`${money(amountOnly)} with tax that names no line`] : []),
    ...(shipping !== 0n
      ? [`${money(shipping)} shipping, ${withShipping ? 'with tax' : 'outside the base'}`]
      : []),
    ...(feeTotal !== 0n ? [`${money(feeTotal)} of fees, with tax`] : []),
  ];
  const what = parts.join('; ') || 'nothing';
  const failed = made ? '' : '; its payment failed, so it does not count';
  const open = totalOnly && made ? '; what it was for is not known yet, so it does not count' : '';
  return `Refund ${id}, ${describeTime(createdAt)}: ${what}${failed}${open}.`;
}

function describeLine(line: CommissionLine, money: Describe): string {
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
  const onTop = line.tax > 0n && line.containedTax === 0n ? `, tax ${money(line.tax)} on top` : '';
  const base = `${line.quantity} x ${line.title}: ${money(line.listed)}${taken.join('')} = base ${money(line.base)}${onTop}.`;
  if (line.excluded !== null) return `${base} Outside the base: ${line.excluded}.`;
  const rule = line.rule ? `Rule ${line.rule.id} (${line.rule.level}): ` : '';
  return `${base} ${rule}${line.words}.${describeOthers(line)}`;
}

function describeOthers({ beaten, passedOver }: CommissionLine): string {
  const name = ({ id, level, describe }: AppliedRule): string => `${id} (${level}, ${describe})`;
  const passed = passedOver.map((rule) => ` Passed over: ${name(rule)}, because ${rule.reason}.`);
  const beat = beaten.length > 0 ? ` It came before ${beaten.map(name).join(', ')}.` : '';
  return passed.join('') + beat;
}

function describeTarget({ target, base, nothingBecause }: CommissionTarget, money: Describe): string {
  if (nothingBecause !== null) return `Commission of the order: ${money(0n)}, because ${nothingBecause}.`;
  return `Commission of the order: ${money(target)} on a base of ${money(base)}.`;
}

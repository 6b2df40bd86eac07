import { describeMoney } from '../../../shared/minor-units.ts';
import { formatRate } from '../../../shared/rates.ts';
import { describeComputation } from './describe-computation.ts';
import { describeTime } from './describe-time.ts';
import { describeTouch } from './describe-touch.ts';
import type { Receipt, ReceiptTouch } from './receipt.ts';

type Describe = (amount: bigint) => string;

/** A receipt in words (S16): one paragraph a step, for the merchant, the affiliate and whoever must check it. */
export function describeReceipt(receipt: Receipt): string[] {
  const { order, affiliate, program } = receipt;
  const money = (amount: bigint): string => describeMoney(amount, order.currency);
  return [
    `Order ${order.number}, version ${order.version} (${order.status}), placed ${describeTime(order.placedAt)}.`,
    describeCredit(receipt),
    ...receipt.attribution.losers.map(
      (loser) => `Not credited: ${describeOwnedTouch(loser)}, because ${loser.reason}.`,
    ),
    `Rules version ${program.rulesVersion}, programme settings version ${program.settingsVersion}.`,
    ...describeComputation(order, { ...receipt, target: receipt.split?.whole ?? receipt.target }),
    ...describeSplit(receipt, money),
    ...describeEarlier(receipt, money),
    ...describeParts(receipt, money),
    describePosting(receipt.amount, affiliate.name, money),
  ];
}

function describeCredit({ attribution, affiliate }: Receipt): string {
  const { winner, decision } = attribution;
  if (!winner)
    return `Decision ${decision}: no affiliate is credited. This posting concerns ${affiliate.name}.`;
  return `Decision ${decision}: credited to ${winner.affiliateName} for the ${describeOwnedTouch(winner)}.`;
}

function describeOwnedTouch(touch: ReceiptTouch): string {
  return `${describeTouch(touch)} of ${touch.affiliateName}, ${describeTime(touch.at)}`;
}

function describeSplit({ split, affiliate, target }: Receipt, money: Describe): string[] {
  if (!split) return [];
  const each = split.shares.map(
    ({ affiliateName, class: touchClass, sharePpm }) =>
      `${formatRate(sharePpm)} to ${affiliateName} (${touchClass})`,
  );
  return [`It is split: ${each.join(', ')}. The part of ${affiliate.name} is ${money(target)}.`];
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

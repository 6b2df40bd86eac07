import { allocate, scale, sum } from '../../shared/money.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../shared/order.ts';
import { PPM } from '../../shared/rates.ts';
import type { LineBase, NetBase } from './net-base.ts';

/** A line while amounts are taken off it: what is left, without tax and of tax. */
interface Remaining {
  line: OrderLine;
  net: bigint;
  tax: bigint;
  steps: Pick<LineBase, 'tax' | 'containedTax' | 'feeShare' | 'removed' | 'refunded' | 'refundShare'>;
}

/**
 * The net base of an order, line by line (S4), after edits and refunds (S6): price x quantity - discount -
 * contained tax - share of negative fees - removed units - refunded lines - share of amount-only refunds.
 * No line falls below zero. Refunds of which only a total is known, and refunds that failed, do not count.
 */
export function computeNetBase(order: OrderSnapshot): NetBase {
  const lines = order.lines.map(startLine);
  takeOffNegativeFees(lines, order);
  lines.forEach(takeOffRemovedUnits);
  const refunds = order.refunds.filter(({ made, totalOnly }) => made && !totalOnly);
  for (const refund of refunds) takeOffRefundedLines(lines, refund);
  for (const refund of [...refunds].sort(byTime)) takeOffAmount(lines, refund.amountOnly);
  const bases = lines.map(finishLine);
  return { lines: bases, total: sum(bases.map(({ base }) => base)) };
}

function startLine(line: OrderLine): Remaining {
  const afterDiscount = line.listed - line.discount;
  const containedTax = line.taxIncluded ? findContainedTax(line, afterDiscount) : 0n;
  const tax = line.taxIncluded ? containedTax : line.tax;
  const steps = { tax, containedTax, feeShare: 0n, removed: 0n, refunded: 0n, refundShare: 0n };
  return { line, net: afterDiscount - containedTax, tax, steps };
}

/** What the platform reports; only where it reports none, from the rate, rounded once (S4). */
function findContainedTax(line: OrderLine, gross: bigint): bigint {
  if (line.containedTaxPpm === null) return line.tax;
  return gross - scale(gross, BigInt(PPM), BigInt(PPM + line.containedTaxPpm));
}

function takeOffNegativeFees(lines: Remaining[], order: OrderSnapshot): void {
  const negative = order.fees.filter(({ net }) => net < 0n);
  if (negative.length === 0) return;
  const net = atMost(-sum(negative.map((fee) => fee.net)), sum(lines.map((line) => line.net)));
  const tax = atMost(-sum(negative.map((fee) => fee.tax)), sum(lines.map((line) => line.tax)));
  spread(lines, net, tax, (line, share) => (line.steps.feeShare += share));
}

function takeOffRemovedUnits(line: Remaining): void {
  const { removedUnits, quantity } = line.line;
  if (removedUnits === 0 || quantity === 0) return;
  const share = (amount: bigint): bigint => scale(amount, BigInt(removedUnits), BigInt(quantity));
  const removed = atMost(share(line.net), line.net);
  line.tax -= atMost(share(line.tax), line.tax);
  line.net -= removed;
  line.steps.removed = removed;
}

/** Before the amounts: a line that is given back whole leaves nothing, however much was given back before. */
function takeOffRefundedLines(lines: Remaining[], refund: Refund): void {
  for (const { lineId, net, tax } of refund.lines) {
    const line = lines.find((candidate) => candidate.line.id === lineId);
    if (!line) continue;
    const refunded = atMost(net, line.net);
    line.net -= refunded;
    line.tax -= atMost(tax, line.tax);
    line.steps.refunded += refunded;
  }
}

/** net reduction = amount x remaining net of the goods / remaining gross of the goods, rounded once (S6). */
function takeOffAmount(lines: Remaining[], amount: bigint): void {
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.map((line) => line.tax));
  if (amount <= 0n || net + tax <= 0n) return;
  const netPart = atMost(scale(amount, net, net + tax), net);
  spread(lines, netPart, atMost(amount - netPart, tax), (line, share) => (line.steps.refundShare += share));
}

/** Takes an amount off all lines, by the weight of what is left of each, largest remainder. */
function spread(
  lines: Remaining[],
  net: bigint,
  tax: bigint,
  note: (line: Remaining, share: bigint) => void,
): void {
  const netShares = allocate(
    net,
    lines.map((line) => line.net),
  );
  const taxShares = allocate(
    tax,
    lines.map((line) => line.tax),
  );
  lines.forEach((line, index) => {
    const share = netShares[index] ?? 0n;
    line.net -= share;
    line.tax -= taxShares[index] ?? 0n;
    note(line, share);
  });
}

function finishLine({ line, net, steps }: Remaining): LineBase {
  const { id: lineId, title, productId, categoryIds, quantity, listed, discount } = line;
  const excluded = line.giftCard ? 'a bought gift card earns nothing' : null;
  const base = excluded === null && net > 0n ? net : 0n;
  return { lineId, title, productId, categoryIds, quantity, listed, discount, ...steps, excluded, base };
}

const atMost = (amount: bigint, limit: bigint): bigint =>
  amount > limit ? (limit > 0n ? limit : 0n) : amount;

const byTime = (a: Refund, b: Refund): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);

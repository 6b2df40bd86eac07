import { allocate, scale, sum } from '../../../shared/money.ts';
import type { OrderFee, OrderLine, OrderSnapshot, Refund } from '../../../shared/order.ts';
import { readTerms, type RuleTerms } from '../../../shared/program-rules.ts';
import { PPM } from '../../../shared/rates.ts';
import type { LineBase, NetBase } from './net-base.ts';

type BaseTerms = Pick<RuleTerms, 'exclude' | 'include'>;

/** A line while amounts are taken off it: what is left, without tax and of tax. */
interface Remaining {
  line: OrderLine;
  kind: LineBase['kind'];
  net: bigint;
  tax: bigint;
  units: number;
  steps: Pick<LineBase, 'tax' | 'containedTax' | 'feeShare' | 'removed' | 'refunded' | 'refundShare'>;
}

/**
 * The net base of an order, line by line (S4), after edits and refunds (S6): price x quantity - discount -
 * contained tax - share of negative fees - removed units - refunded lines - share of amount-only refunds.
 * No line falls below zero. Refunds of which only a total is known, and refunds that failed, do not count.
 * @param terms which products leave the base, and whether shipping and fees are taken in; neither by default
 */
export function computeNetBase(order: OrderSnapshot, terms: BaseTerms = readTerms({})): NetBase {
  const goods = order.lines.map((line) => startLine(line, 'goods'));
  takeOffNegativeFees(goods, order);
  goods.forEach(takeOffRemovedUnits);
  const extras = listExtras(order, terms.include);
  const refunds = order.refunds.filter(({ made, totalOnly }) => made && !totalOnly);
  goods.forEach((line) => takeOffRefundedLines(line, refunds));
  extras.forEach((line) => takeOffRefundedExtras(line, refunds));
  const all = [...goods, ...extras];
  for (const refund of [...refunds].sort(byTime)) takeOffAmount(all, refund.amountOnly);
  const bases = all.map((line) => finishLine(line, terms.exclude));
  return { lines: bases, total: sum(bases.map(({ base }) => base)) };
}

function startLine(line: OrderLine, kind: LineBase['kind']): Remaining {
  const afterDiscount = line.listed - line.discount;
  const containedTax = line.taxIncluded ? findContainedTax(line, afterDiscount) : 0n;
  const tax = line.taxIncluded ? containedTax : line.tax;
  const steps = { tax, containedTax, feeShare: 0n, removed: 0n, refunded: 0n, refundShare: 0n };
  const net = notNegative(afterDiscount - containedTax);
  return { line, kind, net, tax: notNegative(tax), units: line.quantity, steps };
}

/** What the platform reports; only where it reports none, from the rate, rounded once (S4). */
function findContainedTax(line: OrderLine, gross: bigint): bigint {
  if (line.containedTaxPpm === null) return line.tax;
  return gross - scale(gross, BigInt(PPM), BigInt(PPM + line.containedTaxPpm));
}

/** Shipping and positive fees as lines of their own, where the rules take them in (S4). */
function listExtras({ shipping, fees }: OrderSnapshot, include: RuleTerms['include']): Remaining[] {
  const carried = include.includes('shipping') && shipping.net > 0n ? [shipping] : [];
  const charged = include.includes('fees') ? fees.filter(({ net }) => net > 0n) : [];
  return [
    ...carried.map((fee) => startLine(asLine(fee, 'Shipping'), 'shipping')),
    ...charged.map((fee) => startLine(asLine(fee, 'Fee'), 'fee')),
  ];
}

function asLine({ id, net, tax }: OrderFee, title: string): OrderLine {
  return {
    id, title, tax, productId: null, categoryIds: [], quantity: 1, listed: net, discount: 0n,
    taxIncluded: false, containedTaxPpm: null, giftCard: false, removedUnits: 0,
  }; // prettier-ignore
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
  line.units -= removedUnits;
  line.steps.removed = removed;
}

/** Before the amounts: a line that is given back whole leaves nothing, however much was given back before. */
function takeOffRefundedLines(line: Remaining, refunds: Refund[]): void {
  const parts = refunds.flatMap((refund) => refund.lines).filter(({ lineId }) => lineId === line.line.id);
  takeOffParts(line, parts);
  line.units -= parts.reduce((units, { quantity }) => units + quantity, 0);
  if (line.units < 0 || (line.steps.refunded > 0n && line.net === 0n)) line.units = 0;
}

function takeOffRefundedExtras(line: Remaining, refunds: Refund[]): void {
  if (line.kind === 'shipping') return takeOffParts(line, readShippingParts(line, refunds));
  takeOffParts(
    line,
    refunds.flatMap(({ fees }) => fees.filter(({ id }) => id === line.line.id)),
  );
}

/** Where the store does not tell the tax in refunded shipping, all of it is divided as shipping itself is. */
function readShippingParts({ net, tax }: Remaining, refunds: Refund[]): Pick<OrderFee, 'net' | 'tax'>[] {
  const told = refunds.flatMap(({ shipping, shippingTax }) =>
    shippingTax === null ? [] : [{ net: notNegative(shipping - shippingTax), tax: shippingTax }],
  );
  const open = sum(refunds.map(({ shipping, shippingTax }) => (shippingTax === null ? shipping : 0n)));
  const openNet = scale(open, net, net + tax);
  return [...told, { net: openNet, tax: open - openNet }];
}

function takeOffParts(line: Remaining, parts: readonly Pick<OrderFee, 'net' | 'tax'>[]): void {
  const refunded = atMost(sum(parts.map(({ net }) => net)), line.net);
  line.net -= refunded;
  line.tax -= atMost(sum(parts.map(({ tax }) => tax)), line.tax);
  line.steps.refunded += refunded;
}

/** net reduction = amount x remaining net / remaining gross of what is in the base, rounded once (S6). */
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

function finishLine({ line, kind, net, units, steps }: Remaining, exclude: RuleTerms['exclude']): LineBase {
  const { id: lineId, title, productId, categoryIds, quantity, listed, discount } = line;
  const { taxIncluded, containedTaxPpm, removedUnits } = line;
  const excluded = whyExcluded(line, exclude);
  const base = excluded === null ? net : 0n;
  return {
    lineId, kind, title, productId, categoryIds, quantity, listed, discount, taxIncluded, containedTaxPpm,
    removedUnits, ...steps, units, excluded, base,
  }; // prettier-ignore
}

function whyExcluded(
  { giftCard, productId, categoryIds }: OrderLine,
  exclude: RuleTerms['exclude'],
): string | null {
  if (giftCard) return 'a bought gift card earns nothing';
  if (productId !== null && exclude.productIds.includes(productId)) {
    return `the rules exclude product ${productId}`;
  }
  const category = categoryIds.find((id) => exclude.categoryIds.includes(id));
  return category === undefined ? null : `the rules exclude category ${category}`;
}

const notNegative = (amount: bigint): bigint => (amount < 0n ? 0n : amount);

/** What can be taken off: no more than there is, and never less than nothing. */
const atMost = (amount: bigint, limit: bigint): bigint => notNegative(amount > limit ? limit : amount);

const byTime = (a: Refund, b: Refund): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);

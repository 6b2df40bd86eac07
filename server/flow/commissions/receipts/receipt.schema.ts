import { z } from 'zod';
import { moment, money } from '../../../platform/http/index.ts';
import type { OrderFee } from '../../../shared/order.ts';
import { ruleTerms } from '../../../shared/program-rules.ts';
import type { Receipt } from './receipt.ts';

const touch = z.object({
  class: z.string(),
  carrier: z.string(),
  at: moment,
  code: z.string().nullable(),
  affiliateName: z.string(),
});
const rule = z.object({
  id: z.string(),
  kind: z.string(),
  args: z.unknown(),
  place: z.string(),
  level: z.string(),
  describe: z.string(),
});
const fee = z.object({ id: z.string(), net: money, tax: money });

const AMOUNTS = [
  'listed',
  'discount',
  'tax',
  'containedTax',
  'feeShare',
  'removed',
  'refunded',
  'refundShare',
  'base',
  'commission',
] as const;

const line = z.object({
  lineId: z.string(),
  kind: z.enum(['goods', 'shipping', 'fee']),
  title: z.string(),
  productId: z.string().nullable(),
  categoryIds: z.array(z.string()),
  quantity: z.int(),
  taxIncluded: z.boolean(),
  containedTaxPpm: z.int().nullable(),
  removedUnits: z.int(),
  units: z.int(),
  excluded: z.string().nullable(),
  rule: rule.nullable(),
  beaten: z.array(rule),
  passedOver: z.array(rule.extend({ reason: z.string() })),
  words: z.string(),
  ...(Object.fromEntries(AMOUNTS.map((name) => [name, money])) as Record<
    (typeof AMOUNTS)[number],
    typeof money
  >),
});

const refund = z.object({
  id: z.string(),
  createdAt: moment,
  lines: z.array(z.object({ lineId: z.string(), quantity: z.int(), net: money, tax: money })),
  amountOnly: money,
  shipping: money,
  shippingTax: money.nullable(),
  fees: z.array(fee),
  made: z.boolean(),
  totalOnly: z.boolean(),
});

/** A receipt as the API shows it: the stored one, every amount with its currency (S16). */
export const receiptSchema = z.object({
  order: z.object({
    id: z.string(),
    number: z.string(),
    version: z.int(),
    placedAt: moment,
    updatedAt: moment,
    currency: z.string(),
    status: z.string(),
    payment: z.string(),
    cancelled: z.boolean(),
    removed: z.boolean(),
    test: z.boolean(),
    chargeback: z.enum(['none', 'open', 'lost', 'won']),
    refunds: z.array(refund),
    fees: z.array(fee),
    shipping: fee,
  }),
  affiliate: z.object({ id: z.string(), name: z.string() }),
  program: z.object({ id: z.string(), rulesVersion: z.int(), settingsVersion: z.int() }),
  attribution: z.object({
    decision: z.int(),
    engineVersion: z.int(),
    winner: touch.nullable(),
    losers: z.array(touch.extend({ reason: z.string() })),
  }),
  terms: z.object(ruleTerms).nullable(),
  lines: z.array(line),
  orderCommissions: z.array(
    z.object({ rule, lineIds: z.array(z.string()), base: money, commission: money, words: z.string() }),
  ),
  base: money,
  split: z
    .object({
      whole: money,
      shares: z.array(z.object({ affiliateName: z.string(), class: z.string(), sharePpm: z.int() })),
      index: z.int(),
    })
    .nullable(),
  target: money,
  nothingBecause: z.string().nullable(),
  rejected: z.string().nullable(),
  earlier: z.array(z.object({ postingId: z.string(), orderVersion: z.int(), amount: money })),
  alreadyPosted: money,
  difference: money,
  parts: z.array(z.object({ reverses: z.string().nullable(), amount: money })),
  reverses: z.string().nullable(),
  amount: money,
  hash: z.string().meta({ description: 'SHA-256 of the rest, see docs/developers/receipts.md' }),
});

/** Adds the currency to every amount of a receipt. */
export function presentReceipt(receipt: Receipt): z.input<typeof receiptSchema> {
  const { currency } = receipt.order;
  const of = (amount: bigint): { amount: bigint; currency: string } => ({ amount, currency });
  return {
    ...receipt,
    order: presentOrder(receipt.order),
    base: of(receipt.base),
    target: of(receipt.target),
    alreadyPosted: of(receipt.alreadyPosted),
    difference: of(receipt.difference),
    amount: of(receipt.amount),
    split: receipt.split && { ...receipt.split, whole: of(receipt.split.whole) },
    parts: receipt.parts.map((item) => ({ ...item, amount: of(item.amount) })),
    earlier: receipt.earlier.map((item) => ({ ...item, amount: of(item.amount) })),
    orderCommissions: receipt.orderCommissions.map((item) => ({
      ...item,
      base: of(item.base),
      commission: of(item.commission),
    })),
    lines: receipt.lines.map((item) => ({
      ...item,
      listed: of(item.listed),
      discount: of(item.discount),
      tax: of(item.tax),
      containedTax: of(item.containedTax),
      feeShare: of(item.feeShare),
      removed: of(item.removed),
      refunded: of(item.refunded),
      refundShare: of(item.refundShare),
      base: of(item.base),
      commission: of(item.commission),
    })),
  };
}

function presentOrder(order: Receipt['order']): z.input<typeof receiptSchema>['order'] {
  const of = (amount: bigint) => ({ amount, currency: order.currency });
  const presentFee = ({ id, net, tax }: OrderFee) => ({ id, net: of(net), tax: of(tax) });
  return {
    ...order,
    fees: order.fees.map(presentFee),
    shipping: presentFee(order.shipping),
    refunds: order.refunds.map((item) => ({
      ...item,
      amountOnly: of(item.amountOnly),
      shipping: of(item.shipping),
      shippingTax: item.shippingTax === null ? null : of(item.shippingTax),
      fees: item.fees.map(presentFee),
      lines: item.lines.map((line) => ({ ...line, net: of(line.net), tax: of(line.tax) })),
    })),
  };
}

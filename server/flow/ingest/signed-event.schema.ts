import { z } from 'zod';

const LONGEST_TITLE = 300;

const text = z.string().min(1).max(200);
/** A decimal string as shops write it, e.g. "19.99"; never a JSON number, which would be a float. */
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'send a decimal string such as "19.99"');
const positive = z.string().regex(/^\d{1,15}(\.\d{1,12})?$/, 'send a decimal string that is not negative');
/** Only shown to people: a long one is cut, because no title is worth a lost sale. */
const title = z
  .string()
  .default('')
  .transform((whole) => whole.slice(0, LONGEST_TITLE));
/** Some shops sell 1.5 metres; a quantity is only shown, amounts decide. */
const quantity = z.number().min(0).max(1_000_000).transform(Math.round);
const moment = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
const count = z.int().min(0).max(1_000_000);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'send 64 hexadecimal digits');
const code = z.string().min(1).max(500);

const line = z.object({
  id: text,
  productId: text.nullish(),
  categoryIds: z.array(text).max(50).default([]),
  title,
  quantity,
  /** Before discounts, without tax. */
  subtotal: decimal,
  /** After discounts, without tax; a line below zero is a discount and lowers the others. */
  total: decimal,
  totalTax: decimal.default('0'),
  giftCard: z.boolean().default(false),
});

const refund = z.object({
  id: text,
  createdAt: moment,
  /** Everything given back, tax included. */
  amount: positive,
  lines: z
    .array(z.object({ lineId: text, quantity, total: positive, totalTax: positive.default('0') }))
    .max(500),
  /** Part of `amount` that was shipping or fees, tax included. */
  shipping: positive.default('0'),
  /** The tax in `shipping`; left out when the shop does not know it. */
  shippingTax: positive.nullish(),
});

/** An order as our plugins and scripts describe it: always the whole state, never a difference. */
export const signedOrder = z.object({
  id: text,
  number: text,
  /** The shop's own word; cancelled and failed earn nothing, the three draft words are not orders yet. */
  status: z.string().min(1).max(50),
  /** What the shop says; null when it does not know. */
  isPaid: z.boolean().nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'send an ISO 4217 code'),
  createdAt: moment,
  updatedAt: moment,
  paidAt: moment.nullish(),
  checkoutStartedAt: moment.nullish(),
  /** What the shop calls the checkout, by which a pixel's match finds the order. */
  checkoutToken: text.nullish(),
  /** When everything was fulfilled. */
  fulfilledAt: moment.nullish(),
  /** A lost charge-back earns nothing; an open or won one changes nothing. */
  chargeback: z.enum(['none', 'open', 'lost', 'won']).default('none'),
  test: z.boolean().default(false),
  lines: z.array(line).max(1000),
  fees: z
    .array(z.object({ id: text, total: decimal, totalTax: decimal.default('0') }))
    .max(100)
    .default([]),
  /** What the buyer paid for shipping, without tax and the tax on it. */
  shipping: z.object({ total: positive, totalTax: positive.default('0') }).nullish(),
  refunds: z.array(refund).max(200).default([]),
  /** In the shop's order. */
  coupons: z.array(code).max(50).default([]),
  /** The affiliate code that the shop kept for this buyer, and the touch if it knows it. */
  referral: z
    .object({
      code: code.nullish(),
      touchId: text.nullish(),
      visitorKey: text.nullish(),
      source: text.default('cookie'),
      landedAt: moment.nullish(),
    })
    .nullish(),
  /** Hashes under the merchant's key; a script may send e-mail and id instead, which are hashed on arrival. */
  customer: z
    .object({
      id: text.nullish(),
      email: z.string().max(500).nullish(),
      emailHash: hash.nullish(),
      addressHash: hash.nullish(),
      ip: z.string().max(64).nullish(),
      ipHash: hash.nullish(),
      paymentAccount: z.string().max(200).nullish(),
      paymentAccountHash: hash.nullish(),
      paidOrdersBefore: count.nullish(),
    })
    .nullish(),
});

const envelope = { eventId: z.string().min(1).max(100), occurredAt: moment };
const sequence = z.int().min(0);

/** One event of `POST /hooks/v1/events/:storeId`. */
export const signedEvent = z.discriminatedUnion('type', [
  z.object({ ...envelope, type: z.literal('order.upsert'), sequence, order: signedOrder }),
  z.object({ ...envelope, type: z.literal('order.removed'), sequence, orderId: text }),
  z.object({ ...envelope, type: z.literal('plugin.heartbeat') }),
  /** Of an affiliate's coupon, by the shop's own id and its code. What it says beyond is read from the shop itself. */
  z.object({ ...envelope, type: z.literal('coupon.changed'), coupon: z.object({ id: text, code }) }),
  z.object({ ...envelope, type: z.literal('coupon.removed'), couponId: text }),
  /** That a buyer asked the shop to be forgotten: who, as orders told it. */
  z.object({
    ...envelope,
    type: z.literal('customer.erased'),
    customer: z
      .object({ id: text.nullish(), emailHash: hash.nullish() })
      .refine(({ id, emailHash }) => Boolean(id ?? emailHash), 'send "id", "emailHash", or both'),
  }),
]);
export type SignedEvent = z.output<typeof signedEvent>;
export type SignedOrder = z.output<typeof signedOrder>;

/** A batch is at most so long (api: hooks/v1/events). */
export const MOST_EVENTS = 50;

/** The envelope: what cannot be read here is refused as a whole. */
export const signedBatch = z.object({ events: z.array(z.unknown()).min(1).max(MOST_EVENTS) });

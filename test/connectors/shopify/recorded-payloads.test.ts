import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseBody } from '../../../server/connectors/shopify/parse-body.ts';
import { translateDelivery } from '../../../server/connectors/shopify/translate-delivery.ts';
import { verifyWebhook } from '../../../server/connectors/shopify/verify-webhook.ts';
import { computeNetBase } from '../../../server/flow/commissions/index.ts';
import type { Delivery } from '../../../server/shared/delivery.ts';
import { parseMinorUnits } from '../../../server/shared/minor-units.ts';
import { sum } from '../../../server/shared/money.ts';
import type { OrderSnapshot, Refund } from '../../../server/shared/order.ts';
import { describeWhen, sharedAvailable, sharedFixtures } from '../../support/requires.ts';
import { signShopify } from '../../support/shopify-payloads.ts';

const SECRET = 'the secret of the shop';
const folder = join(sharedFixtures() ?? '', 'shopify');
const recorded = sharedFixtures() ? readdirSync(folder).filter((name) => /^\d\d_/.test(name)) : [];

/** The topic under which a file came, by its name; what is no hook body came under none that we read. */
function topicOf(file: string): string {
  if (/^\d\d_order_official/.test(file)) return 'orders/updated';
  if (/^\d\d_refund_official/.test(file)) return 'refunds/create';
  const name =
    /^\d\d_(orders|refunds|order_transactions|customers|shop)-(create|paid|updated|cancelled|data_request|redact)/.exec(
      file,
    );
  return name ? `${name[1]}/${name[2]}` : 'products/update';
}

function receive(file: string): Delivery {
  const bytes = readFileSync(join(folder, file));
  verifyWebhook(bytes, signShopify(bytes, SECRET), [SECRET]);
  return translateDelivery(topicOf(file), parseBody(bytes));
}

const raw = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

function receiveOrder(file: string): OrderSnapshot {
  const delivery = receive(file);
  if (delivery.kind !== 'order') throw new Error(`${file} is no order but ${delivery.kind}`);
  return delivery.snapshot;
}

function receiveRefund(file: string): Refund {
  const delivery = receive(file);
  if (delivery.kind !== 'refund') throw new Error(`${file} is no refund but ${delivery.kind}`);
  return delivery.refund;
}

/** What the merchant did not pay out: a positive discrepancy that is not the money on its way. */
function keptOf(body: ReturnType<typeof raw>): bigint {
  const pending = body.transactions.map((transaction: { amount: string }) => transaction.amount);
  const kept = body.order_adjustments.filter(
    ({
      amount,
      amount_set: set,
    }: {
      amount: string;
      amount_set: { presentment_money: { amount: string } };
    }) => !amount.startsWith('-') && !pending.includes(set.presentment_money.amount),
  );
  return sum(kept.map(({ amount }: { amount: string }) => parseMinorUnits(amount, 'CAD')));
}

describeWhen(sharedAvailable(), 'The recorded payloads of Shopify', () => {
  for (const file of recorded) {
    const body = raw(file);
    if (body.line_items) {
      it(`${file}: every line and every refund arrives`, () => {
        const { lines, refunds } = receiveOrder(file);
        expect(lines.map(({ id }) => id)).to.deep.equal(
          body.line_items.map(({ id }: { id: number }) => String(id)),
        );
        expect(refunds.map(({ lines }) => lines.length)).to.deep.equal(
          body.refunds.map((refund: { refund_line_items: unknown[] }) => refund.refund_line_items.length),
        );
      });
    } else if (body.refund_line_items) {
      it(`${file}: the refund arrives with every line`, () => {
        const refund = receiveRefund(file);
        expect(refund.id).to.equal(String(body.id));
        expect(refund.lines).to.have.length(body.refund_line_items.length);
      });
    } else {
      it(`${file}: is understood and of no consequence`, () => {
        expect(receive(file).kind).to.equal('nothing');
      });
    }
  }

  it('are all there: 13 orders, 8 refunds, 9 others', () => {
    const kinds = recorded.map((file) => receive(file).kind);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count('order'), count('refund'), count('nothing')]).to.deep.equal([13, 8, 9]);
  });
});

describeWhen(sharedAvailable(), 'The money of the recorded Shopify orders', () => {
  const real = recorded.filter((file) => topicOf(file).startsWith('orders/') && !file.includes('official'));

  for (const file of real) {
    it(`${file}: listed less discounts is the subtotal`, () => {
      const { currency, lines } = receiveOrder(file);
      const subtotal = sum(lines.map(({ listed, discount }) => listed - discount));
      expect(subtotal).to.equal(parseMinorUnits(raw(file).subtotal_price, currency));
    });

    it(`${file}: subtotal, tax of the lines and shipping are the total`, () => {
      const { currency, lines } = receiveOrder(file);
      const body = raw(file);
      const shipping = sum(
        body.shipping_lines.map(({ discounted_price: price }: { discounted_price: string }) =>
          parseMinorUnits(price, currency),
        ),
      );
      const goods = sum(lines.map(({ listed, discount, tax }) => listed - discount + tax));
      expect(goods + shipping).to.equal(parseMinorUnits(body.total_price, currency));
    });
  }

  it('the order that was cancelled before capture has nothing left', () => {
    const snapshot = receiveOrder('03_orders-cancelled_CAD_unpaid-with-refund-no-transactions.json');
    expect(snapshot).to.include({ cancelled: true, payment: 'unpaid', test: true });
    expect(computeNetBase(snapshot).total).to.equal(0n);
  });

  it("the draft's manual discount is a coupon by its code", () => {
    const delivery = receive('31_orders-create_HKD_draft-manual-code-fixed.json');
    expect(delivery.kind === 'order' && delivery.evidence).to.deep.equal([
      { kind: 'coupon', code: '0124C', position: 0 },
    ]);
  });
});

describeWhen(sharedAvailable(), 'The money of the recorded Shopify refunds', () => {
  const expected: { file: string; refunded_shop_amount: [number, string] }[] = sharedFixtures()
    ? raw('expected-refunds.json')
    : [];

  for (const { file, refunded_shop_amount: total } of expected) {
    it(`${file}: lines with tax + amount + shipping - kept is ${total.join(' ')}`, () => {
      const { lines, amountOnly, shipping } = receiveRefund(file);
      const refunded = sum(lines.map(({ net, tax }) => net + tax)) + amountOnly + shipping;
      expect(refunded - keptOf(raw(file))).to.equal(BigInt(total[0]));
    });
  }

  for (const [file, net, amountOnly, shipping] of [
    ['04_refunds-create_CAD-USD_partial-qty2of3_pending.json', 124_071n, 0n, 0n],
    ['05_refunds-create_CAD-USD_line+extra-10USD_pending.json', 55_144n, 1348n, 0n],
    ['07_refunds-create_CAD-USD_amount-only-full_pending.json', 0n, 62_062n, 0n],
    ['08_refunds-create_CAD-USD_line-but-less-money_pending.json', 55_144n, 0n, 0n],
    ['10_refunds-create_CAD-USD_shipping-only_pending.json', 0n, 0n, 2226n],
  ] as const) {
    it(`${file}: ${net} net of lines, ${amountOnly} as an amount, ${shipping} shipping`, () => {
      const refund = receiveRefund(file);
      expect(sum(refund.lines.map((line) => line.net))).to.equal(net);
      expect(refund).to.include({ amountOnly, shipping, made: true, totalOnly: false });
    });
  }
});

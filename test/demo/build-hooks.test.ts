import { expect } from 'chai';
import {
  buildShopifyWebhook,
  buildSignedBatch,
  buildWooCommerceWebhook,
  planMonth,
  type ConnectedShop,
  type MonthPlan,
} from '../../server/demo/index.ts';
import { verifySignature, verifyStandardWebhook } from '../../server/platform/crypto/index.ts';

describe('what the fake shops of the demo send', () => {
  const plan: MonthPlan = planMonth({ seed: 3 });
  const connected = (shop: MonthPlan['shops'][number]): ConnectedShop => ({
    shop,
    storeId: 'store-1',
    storeKey: 'key-1',
    webhookSecret: 'a secret of the webhooks',
    eventSecret: `whsec_${Buffer.from('a secret of the events').toString('base64')}`,
  });
  const touchIdOf = (): string => 'touch-1';
  const deliveriesOf = (channel: string) =>
    plan.deliveries.filter(({ order }) => order.shop.channel === channel);

  it("is signed by Shopify's rule, and adds up to what the buyer paid", () => {
    for (const delivery of deliveriesOf('shopify')) {
      const request = buildShopifyWebhook(delivery, connected(delivery.order.shop), touchIdOf);
      const signature = request.headers['X-Shopify-Hmac-Sha256'] ?? '';
      const secrets = ['a secret of the webhooks'];
      expect(verifySignature({ body: Buffer.from(request.body), signature, secrets })).to.equal(true);
      if (delivery.topic === 'refunds/create') continue;
      const order = JSON.parse(request.body);
      const lines = order.line_items.map(
        (line: { price: string; quantity: number; discount_allocations: { amount: string }[] }) =>
          Number(line.price) * line.quantity -
          line.discount_allocations.reduce((total, { amount }) => total + Number(amount), 0),
      );
      const subtotal = lines.reduce((total: number, line: number) => total + line, 0);
      expect(Number(order.subtotal_price)).to.be.closeTo(subtotal, 0.0001);
      const [shipping] = order.shipping_lines;
      const onTop = order.taxes_included ? 0 : Number(order.total_tax);
      expect(Number(order.total_price)).to.be.closeTo(subtotal + Number(shipping.price) + onTop, 0.0001);
    }
  });

  it('is signed as a Standard Webhook by the plugin, in batches that hold whole orders', () => {
    const sentAt = new Date('2026-10-05T12:00:00Z');
    const batch = deliveriesOf('woocommerce-plugin').slice(0, 50);
    const shop = connected(batch[0]!.order.shop);
    const { headers, body } = buildSignedBatch(batch, shop, touchIdOf, sentAt);
    const check = verifyStandardWebhook({
      headers,
      body: Buffer.from(body),
      secrets: [shop.eventSecret],
      now: sentAt,
    });
    expect(check.ok).to.equal(true);
    expect(JSON.parse(body).events).to.have.lengthOf(50);
    expect(() => buildSignedBatch([...batch, ...batch], shop, touchIdOf, sentAt)).to.throw(RangeError);
  });

  it("is signed by WooCommerce's rule, and adds up to what the buyer paid", () => {
    for (const delivery of deliveriesOf('woocommerce-webhooks')) {
      const request = buildWooCommerceWebhook(delivery, connected(delivery.order.shop), touchIdOf);
      const signature = request.headers['X-WC-Webhook-Signature'] ?? '';
      const secrets = ['a secret of the webhooks'];
      expect(verifySignature({ body: Buffer.from(request.body), signature, secrets })).to.equal(true);
      const order = JSON.parse(request.body);
      const lines = order.line_items.reduce(
        (total: number, line: { total: string; total_tax: string }) =>
          total + Number(line.total) + Number(line.total_tax),
        0,
      );
      const shipping = Number(order.shipping_total) + Number(order.shipping_tax);
      expect(Number(order.total)).to.be.closeTo(lines + shipping, 0.0001);
    }
  });
});

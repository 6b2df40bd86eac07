import { expect } from 'chai';
import { nameDelivery } from '../../../server/shared/name-delivery.ts';
import { parseBody } from '../../../server/connectors/woocommerce/parse-body.ts';
import { translateDelivery } from '../../../server/connectors/woocommerce/translate-delivery.ts';
import { translateRestOrder } from '../../../server/connectors/woocommerce/index.ts';
import { wooOrder, wooRefund } from '../../support/woocommerce-payloads.ts';
import { catchRefusal } from '../catch-refusal.ts';

const REFUNDED = { action: 'woocommerce_order_refunded', arg: 57 };
const CANNOT_VIEW = { code: 'woocommerce_rest_cannot_view', message: 'Sorry.', data: { status: 403 } };

describe('A WooCommerce topic', () => {
  for (const topic of ['order.created', 'order.updated', 'order.restored']) {
    it(`${topic} brings the whole order`, () => {
      expect(translateDelivery(topic, wooOrder()).kind).to.equal('order');
    });
  }

  for (const [topic, body] of [
    ['order.deleted', { id: 57 }],
    ['action.woocommerce_order_refunded', REFUNDED],
  ] as const) {
    it(`${topic} asks for the order to be read`, () => {
      expect(translateDelivery(topic, body)).to.deep.include({ kind: 'read-request', orderExternalId: '57' });
    });
  }

  for (const status of ['checkout-draft', 'auto-draft', 'draft']) {
    it(`order.updated of a ${status} is of no consequence, and nothing of it is read`, () => {
      expect(translateDelivery('order.updated', { status, billing: 'unread' })).to.deep.equal({
        kind: 'nothing',
        reason: 'a draft of an order',
      });
    });
  }

  for (const topic of [
    'product.updated',
    'coupon.created',
    'customer.updated',
    'action.wp_login',
    'toString',
  ]) {
    it(`${topic} is of no consequence`, () => {
      expect(translateDelivery(topic, { id: 11 }).kind).to.equal('nothing');
    });
  }

  it('brings nothing when the webhook may no longer read orders', () => {
    expect(translateDelivery('order.created', CANNOT_VIEW)).to.deep.equal({
      kind: 'nothing',
      reason: "the webhook's owner may not read orders",
    });
  });
});

describe('A genuine WooCommerce body under a topic that is not its own', () => {
  for (const [topic, body] of [
    ['order.updated', { id: 74, code: 'aff-dora 15', amount: '15.00', status: 'publish' }],
    ['order.updated', { id: 57 }],
    ['order.updated', REFUNDED],
    ['order.created', wooRefund({ amount: '5.00' })],
    ['order.deleted', wooOrder()],
    ['action.woocommerce_order_refunded', wooOrder()],
    ['action.woocommerce_order_refunded', { action: 'wp_login', arg: 57 }],
  ] as const) {
    it(`is refused: ${Object.keys(body).slice(0, 3).join(', ')} as ${topic}`, () => {
      expect(catchRefusal(() => translateDelivery(topic, body)).code).to.equal('invalid-input');
    });
  }
});

describe('A WooCommerce body of the wrong shape', () => {
  it('is refused with the place of everything that is wrong, and with none of its values', () => {
    const order = wooOrder({ id: 'gina@example.test', line_items: [{ id: 1 }], currency: 'dollars' });
    const refusal = catchRefusal(() => translateDelivery('order.updated', order));
    expect(refusal.issues.map(({ path }) => path)).to.include.members([
      'id',
      'currency',
      'line_items.0.name',
    ]);
    expect(JSON.stringify(refusal)).to.not.match(/gina|dollars/);
  });

  for (const body of [null, 5, 'text', [], {}]) {
    it(`is refused when it is ${JSON.stringify(body)}`, () => {
      expect(catchRefusal(() => translateDelivery('order.updated', body)).code).to.equal('invalid-input');
    });
  }

  it('is refused when REST answers with an error instead of refunds', () => {
    expect(catchRefusal(() => translateRestOrder(wooOrder(), CANNOT_VIEW)).code).to.equal('invalid-input');
  });
});

describe('The bytes of a WooCommerce body', () => {
  for (const [what, bytes] of [
    ['a form', Buffer.from('webhook_id=15')],
    ['cut short', Buffer.from('{"id":5')],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nested a million deep', Buffer.from('['.repeat(1_000_000))],
  ] as const) {
    it(`are refused when they are ${what}`, () => {
      expect(catchRefusal(() => parseBody(bytes)).code).to.equal('malformed-body');
    });
  }
});

describe('The key of a WooCommerce delivery', () => {
  const keyOf = (topic: string, body: object, receivedAt = new Date(0)) =>
    nameDelivery(translateDelivery(topic, body), Buffer.from(JSON.stringify(body)), receivedAt);

  it('names kind, order and change, whenever it is received', () => {
    const key = keyOf('order.updated', wooOrder());
    expect(key).to.match(/^order:57:2026-11-20T10:00:05\.000Z:[0-9a-f]{64}$/);
    expect(keyOf('order.created', wooOrder(), new Date(5))).to.equal(key);
    expect(keyOf('order.updated', wooOrder({ version: '10.5.0' }))).to.not.equal(key);
  });

  it('lets the same order go into the trash twice: such a body has no date', () => {
    const first = keyOf('order.deleted', { id: 57 }, new Date(1));
    expect(keyOf('order.deleted', { id: 57 }, new Date(2))).to.not.equal(first);
  });
});

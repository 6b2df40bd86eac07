import { expect } from 'chai';
import { parseBody } from '../../../server/connectors/shopify/parse-body.ts';
import { nameDelivery } from '../../../server/shared/name-delivery.ts';
import { shopifyOrder, shopifyRefund } from '../../support/shopify-payloads.ts';
import { catchRefusal } from '../catch-refusal.ts';
import { translated } from './translated.ts';

const ORDER_EDIT = {
  order_edit: { id: 78_912, order_id: 7_000_000_000_001, line_items: { additions: [], removals: [] } },
};

describe('A Shopify topic', () => {
  for (const topic of ['orders/create', 'orders/updated', 'orders/paid', 'orders/cancelled']) {
    it(`${topic} brings the whole order`, () => {
      expect(translated(topic, shopifyOrder()).kind).to.equal('order');
    });
  }

  it('refunds/create brings a refund for its order, dated by itself', () => {
    expect(translated('refunds/create', shopifyRefund({ lines: [{ subtotal: '20.00' }] }))).to.deep.include({
      kind: 'refund',
      orderExternalId: '7000000000001',
      updatedAt: new Date('2026-11-21T14:00:00Z'),
    });
  });

  for (const [topic, body, reason] of [
    ['orders/edited', ORDER_EDIT, 'the order was edited'],
    ['orders/delete', { id: 7_000_000_000_001 }, 'the order was deleted'],
    [
      'order_transactions/create',
      { id: 1, order_id: 7_000_000_000_001, kind: 'refund', status: 'failure', amount: '5.00' },
      "a refund's money moved",
    ],
  ] as const) {
    it(`${topic} asks for the order to be read`, () => {
      expect(translated(topic, body)).to.deep.equal({
        kind: 'read-request',
        orderExternalId: '7000000000001',
        reason,
      });
    });
  }

  for (const [topic, body] of [
    ['order_transactions/create', { id: 1, order_id: 5, kind: 'capture', status: 'success', amount: '5.00' }],
    ['customers/data_request', { shop_id: 1, customer: { id: 2, email: 'john@example.com' } }],
    ['customers/redact', { shop_id: 1, customer: { id: 2 } }],
    ['shop/redact', { shop_id: 1 }],
    ['app/uninstalled', { id: 1 }],
    ['app/scopes_update', { id: 1 }],
    ['shop/update', { id: 1 }],
    ['products/update', { id: 1 }],
    ['constructor', {}],
  ] as const) {
    it(`${topic} is of no consequence`, () => {
      expect(translated(topic, body).kind).to.equal('nothing');
    });
  }
});

describe('A genuine Shopify body under a topic that is not its own', () => {
  for (const [topic, body] of [
    ['orders/updated', shopifyRefund()],
    ['orders/paid', { shop_id: 954_889, shop_domain: 'x.myshopify.com' }],
    ['orders/create', { id: 7_000_000_000_001 }],
    ['refunds/create', shopifyOrder()],
    ['refunds/create', { id: 1, order_id: 5, kind: 'refund', status: 'success', amount: '5.00' }],
    ['orders/delete', shopifyOrder()],
    ['orders/edited', shopifyOrder()],
    ['order_transactions/create', shopifyRefund()],
  ] as const) {
    it(`is refused: ${Object.keys(body).slice(0, 4).join(', ')} as ${topic}`, () => {
      const { code, issues } = catchRefusal(() => translated(topic, body));
      expect(code).to.equal('invalid-input');
      expect(issues).to.not.deep.equal([]);
    });
  }
});

describe('A Shopify body of the wrong shape', () => {
  it('is refused with the place of everything that is wrong, and with none of its values', () => {
    const order = shopifyOrder({ id: 'gina@example.test', taxes_included: 'yes', line_items: [{ id: 1 }] });
    const refusal = catchRefusal(() => translated('orders/create', order));
    expect(refusal.issues.map(({ path }) => path)).to.include.members([
      'id',
      'taxes_included',
      'line_items.0.title',
    ]);
    expect(JSON.stringify(refusal)).to.not.include('gina');
  });

  for (const body of [null, 5, 'text', [], {}]) {
    it(`is refused when it is ${JSON.stringify(body)}`, () => {
      expect(catchRefusal(() => translated('orders/create', body)).code).to.equal('invalid-input');
    });
  }
});

describe('The bytes of a Shopify body', () => {
  const text = JSON.stringify(shopifyOrder());
  const idOf = (bytes: string) => (parseBody(Buffer.from(bytes)) as { id: unknown }).id;

  it('keep an id above 2^53 as it was written', () => {
    expect(idOf(text.replace('"id":7000000000001', '"id":820982911946154508'))).to.equal(
      '820982911946154508',
    );
  });

  it('may escape slashes and characters', () => {
    const body = parseBody(Buffer.from('{"landing_site":"\\/p\\u00e9?ref=ANNA"}'));
    expect(body).to.deep.equal({ landing_site: '/pé?ref=ANNA' });
  });

  for (const [what, bytes] of [
    ['not JSON', Buffer.from('id=5')],
    ['cut short', Buffer.from(text.slice(0, -1))],
    ['empty', Buffer.alloc(0)],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nested a hundred thousand deep', Buffer.from('['.repeat(100_000))],
    ['of two minds about one member', Buffer.from('{"id":1,"id":2}')],
  ] as const) {
    it(`are refused when they are ${what}`, () => {
      expect(catchRefusal(() => parseBody(bytes)).code).to.equal('malformed-body');
    });
  }
});

describe('The key of a Shopify delivery', () => {
  const keyOf = (body: object) => {
    const bytes = Buffer.from(JSON.stringify(body));
    return nameDelivery(translated('orders/updated', body), bytes, new Date(0));
  };

  it('is the same for the same body', () => {
    expect(keyOf(shopifyOrder())).to.equal(keyOf(shopifyOrder()));
  });

  it('names kind, order and update, and differs with one byte of the body', () => {
    const key = keyOf(shopifyOrder());
    expect(key).to.match(/^order:7000000000001:2026-11-20T15:00:05\.000Z:[0-9a-f]{64}$/);
    expect(keyOf(shopifyOrder({ note: '.' }))).to.not.equal(key);
  });
});

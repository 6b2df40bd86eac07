import { expect } from 'chai';
import { computeNetBase } from '../../../server/flow/commissions/index.ts';
import { shopifyLine, shopifyOrder, shopifyRefund } from '../../support/shopify-payloads.ts';
import { translated, translatedRefund, translatedSnapshot } from './translated.ts';

const DISCREPANCY = 'refund_discrepancy';

describe('A Shopify refund by line', () => {
  it('gives back what its lines say, without tax and tax apart', () => {
    const refund = translatedRefund(
      shopifyRefund({
        lines: [{ quantity: 2, subtotal: '40.00', tax: '4.00', line: { quantity: 3, tax: '6.00' } }],
      }),
    );
    expect(refund.lines).to.deep.equal([{ lineId: '11', quantity: 2, net: 4000n, tax: 400n }]);
    expect(refund).to.include({ amountOnly: 0n, shipping: 0n, made: true, totalOnly: false });
  });

  it('counts its lines in full when the merchant kept some of the money', () => {
    const refund = translatedRefund(
      shopifyRefund({
        lines: [{ subtotal: '20.00' }],
        adjustments: [{ kind: DISCREPANCY, amount: '5.00' }],
        transactions: [{ status: 'success', amount: '15.00' }],
      }),
    );
    expect(refund.lines[0]?.net).to.equal(2000n);
    expect(refund.amountOnly).to.equal(0n);
  });

  it('counts as goods taken off when the order was voided before capture and no money moved', () => {
    const refund = translatedRefund(
      shopifyRefund({
        lines: [{ subtotal: '20.00' }],
        transactions: [{ kind: 'void', status: 'success', amount: '0.00' }],
      }),
    );
    expect(refund).to.deep.include({
      made: true,
      lines: [{ lineId: '11', quantity: 1, net: 2000n, tax: 0n }],
    });
  });

  it('counts as made when it has no transactions at all', () => {
    expect(translatedRefund(shopifyRefund({ lines: [{ subtotal: '20.00' }] })).made).to.equal(true);
  });

  it('was not made when every transaction failed', () => {
    const transactions = [
      { status: 'failure', amount: '15.00' },
      { status: 'error', amount: '5.00' },
    ];
    expect(translatedRefund(shopifyRefund({ lines: [{ subtotal: '20.00' }], transactions })).made).to.equal(
      false,
    );
  });

  it('was made when one of its transactions succeeded', () => {
    const transactions = [
      { status: 'failure', amount: '15.00' },
      { status: 'success', amount: '15.00' },
    ];
    expect(translatedRefund(shopifyRefund({ lines: [{ subtotal: '20.00' }], transactions })).made).to.equal(
      true,
    );
  });

  it('leaves out a refunded tip', () => {
    const refund = shopifyRefund({ lines: [{ subtotal: '5.00', line: { tip: true } }] });
    expect(translatedRefund(refund).lines).to.deep.equal([]);
  });
});

describe('A Shopify refund by amount', () => {
  it('is the negative discrepancy, gross', () => {
    const adjustments = [{ kind: DISCREPANCY, amount: '-12.00' }];
    const transactions = [{ status: 'success', amount: '12.00' }];
    expect(translatedRefund(shopifyRefund({ adjustments, transactions })).amountOnly).to.equal(1200n);
  });

  it('is the same while the money is still on its way', () => {
    const adjustments = [
      { kind: DISCREPANCY, amount: '-12.00' },
      { kind: DISCREPANCY, amount: '12.00' },
    ];
    const transactions = [{ status: 'pending', amount: '12.00' }];
    expect(translatedRefund(shopifyRefund({ adjustments, transactions })).amountOnly).to.equal(1200n);
  });

  it('is the same once the money arrived and Shopify booked that as a negative discrepancy', () => {
    const adjustments = [
      { kind: DISCREPANCY, amount: '-12.00' },
      { kind: DISCREPANCY, amount: '12.00' },
      { kind: DISCREPANCY, amount: '-12.00' },
    ];
    const transactions = [{ status: 'success', amount: '12.00' }];
    expect(translatedRefund(shopifyRefund({ adjustments, transactions })).amountOnly).to.equal(1200n);
  });

  it('is no more than was booked beyond the lines, whatever else is on its way', () => {
    const lines = [{ subtotal: '20.00' }];
    const adjustments = [{ kind: DISCREPANCY, amount: '-5.00' }];
    const transactions = [{ status: 'pending', amount: '25.00' }];
    expect(translatedRefund(shopifyRefund({ lines, adjustments, transactions })).amountOnly).to.equal(500n);
  });

  it('is what was given when a part of the money failed', () => {
    const adjustments = [
      { kind: DISCREPANCY, amount: '-12.00' },
      { kind: DISCREPANCY, amount: '5.00' },
    ];
    const transactions = [
      { status: 'success', amount: '7.00' },
      { status: 'failure', amount: '5.00' },
    ];
    expect(translatedRefund(shopifyRefund({ adjustments, transactions })).amountOnly).to.equal(700n);
  });

  it("is in the shop's currency when the buyer paid in another: 10.00 USD at 13.48 CAD, 460.31 USD pending", () => {
    const refund = translatedRefund(
      shopifyRefund({
        currency: 'CAD',
        buyerCurrency: 'USD',
        adjustments: [
          { kind: DISCREPANCY, amount: '-13.48', buyerAmount: '-10.00' },
          { kind: DISCREPANCY, amount: '620.62', buyerAmount: '460.31' },
        ],
        transactions: [{ status: 'pending', amount: '460.31' }],
      }),
    );
    expect(refund.amountOnly).to.equal(1348n);
  });

  it('keeps shipping apart, with its tax', () => {
    const adjustments = [{ kind: 'shipping_refund', amount: '-20.21', tax: '-2.05' }];
    expect(translatedRefund(shopifyRefund({ adjustments }))).to.include({ shipping: 2226n, amountOnly: 0n });
  });
});

describe('A Shopify refund where prices include tax', () => {
  const line = { quantity: 3, price: '24.00', tax: '12.00', taxRate: 0.2 };
  const orderWith = (subtotal: string, tax: string) =>
    shopifyOrder({
      taxes_included: true,
      line_items: [shopifyLine(line)],
      refunds: [shopifyRefund({ lines: [{ subtotal, tax, line }] })],
    });

  it('counts when subtotal and tax together are what the unit cost: 20.00 + 4.00 of 24.00', () => {
    const snapshot = translatedSnapshot(orderWith('20.00', '4.00'));
    expect(snapshot.refunds[0]?.totalOnly).to.equal(false);
    expect(computeNetBase(snapshot).total).to.equal(4000n);
  });

  it('asks for the order to be read when the subtotal contains the tax: 24.00 + 4.00 of 24.00', () => {
    expect(translatedSnapshot(orderWith('24.00', '4.00')).refunds[0]?.totalOnly).to.equal(true);
  });

  it('is told from its tax rate when the refund comes alone', () => {
    const alone = (subtotal: string) =>
      translated('refunds/create', shopifyRefund({ lines: [{ subtotal, tax: '4.00', line }] }));
    expect(alone('20.00').kind).to.equal('refund');
    expect(alone('24.00')).to.deep.equal({
      kind: 'read-request',
      orderExternalId: '7000000000001',
      reason: 'a refunded line exceeds what it cost',
    });
  });

  it('asks for the order when a refund that comes alone has a tax but no rate to tell by', () => {
    const refund = shopifyRefund({
      lines: [{ subtotal: '24.00', tax: '4.00', line: { ...line, taxRate: 0 } }],
    });
    expect(translated('refunds/create', refund).kind).to.equal('read-request');
  });
});

describe('A Shopify refund that does not name its currency', () => {
  it('asks for the order to be read', () => {
    const refund = shopifyRefund({ adjustments: [{ kind: DISCREPANCY, amount: '-5.00' }] });
    const [adjustment] = refund['order_adjustments'] as Record<string, unknown>[];
    delete adjustment?.['amount_set'];
    expect(translated('refunds/create', refund).kind).to.equal('read-request');
  });
});

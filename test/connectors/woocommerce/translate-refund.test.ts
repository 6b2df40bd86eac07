import { expect } from 'chai';
import { wooOrder, wooRefund } from '../../support/woocommerce-payloads.ts';
import { restRefund, restSnapshot, translatedSnapshot } from './translated.ts';

describe('A WooCommerce refund in a webhook', () => {
  it('is known by its total only, positive, so that the order is read from the store', () => {
    const refunds = [{ id: 58, reason: 'one shirt back', total: '-19.53' }];
    const [refund] = translatedSnapshot(wooOrder({ refunds })).refunds;
    expect(refund).to.deep.include({ id: '58', lines: [], amountOnly: 1953n, made: true, totalOnly: true });
  });
});

describe('A WooCommerce refund read from REST', () => {
  it('gives back its lines, linked to those of the order', () => {
    const refund = restRefund(
      wooRefund({ amount: '19.53', lines: [{ lineId: '101', quantity: -1, total: '-18.00', tax: '-1.53' }] }),
    );
    expect(refund.lines).to.deep.equal([{ lineId: '101', quantity: 1, net: 1800n, tax: 153n }]);
    expect(refund).to.include({ amountOnly: 0n, shipping: 0n, totalOnly: false });
  });

  it('links by a number as well', () => {
    const refund = restRefund(wooRefund({ amount: '5.00', lines: [{ lineId: 101, total: '-5.00' }] }));
    expect(refund.lines[0]?.lineId).to.equal('101');
  });

  it('is an amount when it has no lines', () => {
    expect(restRefund(wooRefund({ amount: '5.00' }))).to.deep.include({ lines: [], amountOnly: 500n });
  });

  it('is an amount as far as it exceeds lines, shipping and fees: 40.00 - 19.53 - 8.14 - 2.00 = 10.33', () => {
    const refund = restRefund(
      wooRefund({
        amount: '40.00',
        lines: [{ total: '-18.00', tax: '-1.53' }],
        shipping: { total: '-7.50', tax: '-0.64' },
        fee: { total: '-2.00', tax: '0.00' },
      }),
    );
    expect(refund).to.include({ amountOnly: 1033n, shipping: 814n });
  });

  it('counts its lines in full when the merchant paid out less', () => {
    const refund = restRefund(wooRefund({ amount: '10.00', lines: [{ total: '-18.00' }] }));
    expect(refund.lines[0]?.net).to.equal(1800n);
    expect(refund.amountOnly).to.equal(0n);
  });

  it('counts a line that does not say what it refunds as an amount', () => {
    const refund = restRefund(wooRefund({ amount: '18.00', lines: [{ lineId: null, total: '-18.00' }] }));
    expect(refund).to.deep.include({ lines: [], amountOnly: 1800n });
  });

  it('counts an amount on a line without units', () => {
    const refund = restRefund(wooRefund({ amount: '3.00', lines: [{ quantity: 0, total: '-3.00' }] }));
    expect(refund.lines).to.deep.equal([{ lineId: '101', quantity: 0, net: 300n, tax: 0n }]);
  });

  it('reads 1.234 KWD in full', () => {
    const order = { currency: 'KWD' };
    expect(restRefund(wooRefund({ amount: '1.234' }), order).amountOnly).to.equal(1234n);
  });
});

describe('Several WooCommerce refunds read from REST', () => {
  const at = (minute: number) => `2026-11-21T10:0${minute}:00`;

  it('come oldest first', () => {
    const refunds = [
      wooRefund({ id: 60, at: at(3), amount: '3.00' }),
      wooRefund({ id: 58, at: at(1), amount: '1.00' }),
      wooRefund({ id: 59, at: at(2), amount: '2.00' }),
    ];
    expect(restSnapshot(wooOrder(), refunds).refunds.map(({ id }) => id)).to.deep.equal(['58', '59', '60']);
  });

  it('are all there when one was made between the two reads', () => {
    const order = wooOrder({
      refunds: [
        { id: 59, total: '-2.00' },
        { id: 58, total: '-1.00' },
      ],
    });
    const refunds = [wooRefund({ id: 58, amount: '1.00' }), wooRefund({ id: 60, amount: '3.00' })];
    const read = restSnapshot(order, refunds).refunds;
    expect(read.map(({ id, totalOnly }) => `${id} ${totalOnly}`).sort()).to.deep.equal([
      '58 false',
      '59 true',
      '60 false',
    ]);
  });
});

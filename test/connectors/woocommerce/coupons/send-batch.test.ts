import { expect } from 'chai';
import { createStoreApi, createWooClient } from '../../../../server/connectors/woocommerce/index.ts';
import {
  createFakeCoupons,
  startFakeWooStore,
  type FakeWooStore,
} from '../../../../server/demo/shops/woocommerce-store/index.ts';
import type { StoreCoupon } from '../../../../server/shared/store-coupon.ts';

const aCoupon = (code: string, ratePpm = 100_000): StoreCoupon => ({
  code,
  terms: {
    discount: { kind: 'percent', ratePpm },
    minimum: null,
    usageLimit: null,
    usageLimitPerCustomer: null,
    expiresAt: null,
  },
  isPaused: false,
  affiliateId: 'anna',
  externalId: null,
  mayAdopt: false,
});

describe('coupons that are written to a WooCommerce shop in one batch', () => {
  let woo: FakeWooStore;
  let coupons: ReturnType<typeof createFakeCoupons>;
  beforeEach(async () => {
    coupons = createFakeCoupons();
    woo = await startFakeWooStore({ routes: [coupons.route] });
  });
  afterEach(() => woo.stop());

  const put = (wanted: StoreCoupon[]) => {
    const client = createWooClient({ clock: () => new Date(), allowPrivate: true, timeout: 5_000 });
    return createStoreApi(client).putCoupons(woo.accessOf(), wanted);
  };

  it('S10 one that the shop refuses is told as failed, in its words; the others are made', async () => {
    const results = await put([aCoupon('anna10'), aCoupon('ben150', 1_500_000), aCoupon('cora10')]);
    expect(results.map(({ state }) => state)).to.deep.equal(['in step', 'failed', 'in step']);
    expect(results[1]).to.include({ reason: 'WooCommerce refused it: Invalid discount amount.' });
    expect(coupons.items.map(({ code }) => code)).to.deep.equal(['anna10', 'cora10']);
  });

  it('S10 the same again, of which one exists by now: the new one is not taken for the changed one', async () => {
    await put([aCoupon('anna10')]);
    const results = await put([
      aCoupon('dora20', 200_000),
      aCoupon('anna10', 150_000),
      aCoupon('ben150', 1_500_000),
    ]);
    expect(results.map(({ state }) => state)).to.deep.equal(['in step', 'in step', 'failed']);
    expect(coupons.items.map(({ code, amount }) => `${code} ${amount}`)).to.deep.equal([
      'anna10 15.00',
      'dora20 20.00',
    ]);
  });
});

import { expect } from 'chai';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';

describe('a visitor who does not want to be followed', () => {
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
  });
  beforeEach(async () => {
    shop = await openShop(at);
    const link = {
      programId: shop.programId,
      affiliateId: shop.affiliates.anna,
      targetUrl: 'https://custom.example/tea',
      slug: `tea-${shop.merchantId}`,
    };
    expect((await shop.api('POST', '/api/v1/links', link)).status).to.equal(201);
  });
  after(() => at.stop());

  const touch = (change: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const { storeKey, domain } = shop.stores.custom;
    const body = { storeKey, code: 'anna', url: domain, consent: true, ...change };
    return call(at, 'POST', '/collect/v1/touches', body, headers);
  };
  const follow = (headers: Record<string, string> = {}): Promise<Answer> =>
    call(at, 'GET', `/r/tea-${shop.merchantId}`, undefined, headers);
  const settings = async (change: object): Promise<void> => {
    const { status } = await shop.api('PUT', '/api/v1/settings/storefront', change);
    expect(status).to.equal(200);
  };

  const wishes: [string, object, Record<string, string>, string, object][] = [
    ['consent', { consent: false }, {}, 'the visitor has not consented', { consentRequired: false }],
    ['Do Not Track', {}, { dnt: '1' }, 'the browser sends Do Not Track', { respectDoNotTrack: false }],
    [
      'Global Privacy Control',
      {},
      { 'sec-gpc': '1' },
      'the browser sends Global Privacy Control',
      { respectGlobalPrivacyControl: false },
    ],
  ];
  for (const [wish, change, headers, reason, ignoring] of wishes) {
    it(`leaves no touch on a page of the shop, by ${wish}, and the page reads why`, async () => {
      const before = await at.dump();
      const { status, body } = await touch(change, headers);
      expect([status, body.error.message]).to.deep.equal([422, `Nothing is recorded: ${reason}.`]);
      expect(await at.dump()).to.equal(before);
    });

    it(`leaves one where the merchant does not respect ${wish}`, async () => {
      await settings(ignoring);
      expect((await touch(change, headers)).status).to.equal(202);
    });
  }

  for (const headers of [{ dnt: '1' }, { 'sec-gpc': '1' }]) {
    it(`is led on by a short link, and leaves nothing, with ${JSON.stringify(headers)}`, async () => {
      const before = await at.dump();
      const { status, headers: answered } = await follow(headers);
      expect([status, answered.get('location')]).to.deep.equal([
        302,
        `https://custom.example/tea?ref=anna&rfl=tea-${shop.merchantId}`,
      ]);
      expect(await at.dump()).to.equal(before);
    });
  }

  it('is led on by a short link, and leaves a touch, where nothing was said', async () => {
    const before = await at.dump();
    expect((await follow()).status).to.equal(302);
    expect(await at.dump()).to.not.equal(before);
  });
});

import { expect } from 'chai';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';

describe('a visitor who agrees', () => {
  const ADDRESS = '203.0.113.77';
  const MINUTE = 60_000;
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
    shop = await openShop(at);
  });
  after(() => at.stop());

  it('leaves nothing by which the browser could be told from others, whatever it or the page tells', async () => {
    const { storeKey, domain } = shop.stores.custom;
    const tells = {
      screen: '2560x1440-tell',
      fonts: ['Tell Sans'],
      timeZone: 'Tell/Zone',
      canvas: 'c4nv4s-tell',
    };
    const visit = { storeKey, code: 'anna', url: `${domain}/tea`, consent: true, ...tells };
    const headers = {
      'user-agent': 'Mozilla/5.0 (Tell; rv:143.0) Firefox/143.0',
      'accept-language': 'tlh-tell',
      'sec-ch-ua': '"Tell";v="143"',
      'sec-ch-ua-platform': '"TellOS"',
      cookie: 'session=tell',
      etag: 'tell',
    };
    const { status, headers: answered } = await call(at, 'POST', '/collect/v1/touches', visit, headers);
    expect([status, answered.get('set-cookie'), answered.get('etag')]).to.deep.equal([202, null, null]);
    const everything = await at.dump(shop.merchantId);
    expect(everything).to.contain('custom.example/tea').and.to.not.match(/tell/i);
  });

  it('leaves of the network a hash only, of which another day knows nothing', async () => {
    const { recordTouch, touches } = at.server.parts.ingest;
    const hashOf = async (): Promise<string | null | undefined> => {
      const visit = {
        ...{ merchantId: shop.merchantId, storeId: null, code: 'anna', coupon: null, carrier: 'link' },
        ...{ class: 'link' as const, linkId: null, subId: null, isLanding: false, url: null, referrer: null },
        ...{ visitorKey: null, statedAt: null, ip: ADDRESS, isBot: false, visitsThisMinute: 1 },
      };
      const { touchId, stored } = await recordTouch(visit);
      await stored;
      return (await touches.byIds(shop.merchantId, [touchId]))[0]?.ipHash;
    };
    const first = await hashOf();
    at.clock.now = new Date(at.clock.now.getTime() + MINUTE);
    expect(await hashOf())
      .to.be.a('string')
      .and.to.equal(first);
    at.clock.now = new Date(at.clock.now.getTime() + 24 * 60 * MINUTE);
    expect(await hashOf())
      .to.be.a('string')
      .and.to.not.equal(first);
    expect(await at.dump())
      .to.contain(first ?? 'no hash')
      .and.to.not.contain(ADDRESS);
  });
});

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

    it(`leaves none by the image of a page without scripts, by ${wish}, and the page has its image`, async () => {
      const before = await at.dump();
      const agreed = 'consent' in change ? '' : '&consent=1';
      const path = `/collect/v1/t.gif?store=${shop.stores.custom.storeKey}&code=anna${agreed}`;
      const { status } = await call(at, 'GET', path, undefined, headers);
      expect(status).to.equal(200);
      expect(await at.dump()).to.equal(before);
      await settings(ignoring);
      await call(at, 'GET', path, undefined, headers);
      expect(await at.dump()).to.contain('"carrier":"image pixel"');
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

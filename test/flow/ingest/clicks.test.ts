import { expect } from 'chai';
import { createCountClicks } from '../../../server/flow/ingest/clicks/count-clicks.ts';
import { call, openShop, type Answer, type Shop } from '../../support/a-shop.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';

describe('the clicks of an affiliate', () => {
  let at: TestServer;
  let shop: Shop;
  beforeEach(async () => {
    at = await startServer();
    shop = await openShop(at);
  });
  afterEach(() => at.stop());

  const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0' };

  function visit(change: object, headers: Record<string, string> = browser): Promise<Answer> {
    const { storeKey, domain } = shop.stores.custom;
    const touch = { storeKey, code: 'anna', url: `${domain}/tea`, visitorKey: 'visitor-one', consent: true };
    return call(at, 'POST', '/collect/v1/touches', { ...touch, ...change }, headers);
  }

  async function aLink(): Promise<{ id: string; path: string; slug: string }> {
    const { programId, affiliates, stores } = shop;
    const targetUrl = `${stores.custom.domain}/tea`;
    const link = { programId, affiliateId: affiliates.anna, targetUrl };
    return (await shop.api('POST', '/api/v1/links', link)).body;
  }

  async function counted(): Promise<any[]> {
    await at.server.parts.jobs.runNow('count-clicks');
    return (await shop.api('GET', '/api/v1/reports/clicks')).body.items;
  }

  const numbers = (days: any[]): object[] =>
    days.map(({ subId, clicks, uncounted }) => ({ subId, clicks, ...uncounted }));
  const rest = (): Promise<void> => Promise.resolve();
  const none = { bot: 0, crowd: 0, blocked: 0, landing: 0, repeat: 0 };

  it('count once for each visitor and hour, and every visit stays evidence', async () => {
    const first = await visit({});
    const again = await visit({});
    await visit({ visitorKey: 'visitor-two' });
    at.clock.now = new Date(at.clock.now.getTime() + 3_600_000);
    await visit({});
    expect(again.body.touchId).to.not.equal(first.body.touchId);
    expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 3, ...none, repeat: 1 }]);
  });

  it('are told apart by what the affiliate wrote on the link', async () => {
    await visit({ url: `${shop.stores.custom.domain}/tea?ref=anna&sub=blog` });
    await visit({ url: `${shop.stores.custom.domain}/tea?ref=anna&sub=mail`, visitorKey: 'visitor-two' });
    await visit({ url: `${shop.stores.custom.domain}/tea?sub=<script>`, visitorKey: 'visitor-three' });
    expect(numbers(await counted()).map(({ subId }: any) => subId)).to.have.members(['blog', 'mail', null]);
  });

  it('are none when a program says that it is one, and it can earn no less', async () => {
    const { status } = await visit({}, { 'User-Agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
    expect(status).to.equal(202);
    expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 0, ...none, bot: 1 }]);
  });

  it('on a short link count where it is followed, and not again where it leads', async () => {
    const { path, id } = await aLink();
    const followed = await call(at, 'GET', `${path}?sub=blog`, undefined, browser);
    await visit({ url: followed.headers.get('location') });
    const days = await counted();
    expect(days.map(({ linkId }) => linkId)).to.deep.equal([id]);
    expect(numbers(days)).to.deep.equal([{ subId: 'blog', clicks: 1, ...none, landing: 1 }]);
  });

  it('are none when somebody only looks where a link leads', async () => {
    const { path } = await aLink();
    expect((await call(at, 'HEAD', path, undefined, browser)).status).to.equal(302);
    expect(await counted()).to.deep.equal([]);
  });

  it('come from a page without scripts by its image, which it gets in any case', async () => {
    const { storeKey } = shop.stores.custom;
    for (const code of ['anna', 'nobody']) {
      const image = await call(
        at,
        'GET',
        `/collect/v1/t.gif?store=${storeKey}&code=${code}&consent=1`,
        undefined,
        browser,
      );
      expect([image.status, image.headers.get('content-type')]).to.deep.equal([200, 'image/gif']);
    }
    expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 1, ...none }]);
  });

  it('are counted once when the process dies after counting and before it could say so', async () => {
    await visit({});
    await visit({ visitorKey: 'visitor-two' });
    const { touches, clickDays } = at.server.parts.ingest;
    const dies = { ...touches, endWaiting: () => Promise.reject(new Error('killed')) };
    const count = createCountClicks({ touches: dies, clickDays, clock: () => at.clock.now, rest });
    await count(() => Promise.resolve(true)).catch(() => undefined);
    await visit({ visitorKey: 'visitor-three' });
    expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 3, ...none }]);
    expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 3, ...none }]);
  });

  describe('when another process counts them as well', () => {
    const anyTime = (): Promise<boolean> => Promise.resolve(true);
    const aCounter = (changes: object = {}) => {
      const { touches, clickDays } = at.server.parts.ingest;
      const clock = (): Date => at.clock.now;
      return createCountClicks({ touches: { ...touches, ...changes }, clickDays, clock, rest });
    };
    const visitors = async (...keys: string[]): Promise<void> => {
      for (const visitorKey of keys) await visit({ visitorKey });
    };

    it('are counted once though both begin at the same moment', async () => {
      await visitors('visitor-one', 'visitor-two');
      await Promise.all([aCounter()(anyTime), aCounter()(anyTime), aCounter()(anyTime)]);
      await visitors('visitor-three');
      expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 3, ...none }]);
    });

    it('are counted once though the other is done when the first begins with what it saw waiting', async () => {
      await visitors('visitor-one', 'visitor-two');
      const { touches } = at.server.parts.ingest;
      const waiting: typeof touches.waiting = async (...question) => {
        const seen = await touches.waiting(...question);
        await aCounter()(anyTime);
        return seen;
      };
      await aCounter({ waiting })(anyTime);
      await visitors('visitor-three');
      expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 3, ...none }]);
    });

    it('are counted once though the other begins and ends a batch before the first sees what waits', async () => {
      await visitors('visitor-one');
      const { touches } = at.server.parts.ingest;
      const waiting: typeof touches.waiting = async (...question) => {
        await aCounter()(anyTime);
        await visitors('visitor-two');
        return touches.waiting(...question);
      };
      await aCounter({ waiting })(anyTime);
      expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 2, ...none }]);
    });

    it('are counted once though the first wakes up when the other has counted its batch and one more', async () => {
      await visitors('visitor-one');
      const { touches } = at.server.parts.ingest;
      const sum: typeof touches.sum = async (ids) => {
        const sums = await touches.sum(ids);
        await aCounter()(anyTime);
        await visitors('visitor-two');
        await aCounter()(anyTime);
        return sums;
      };
      await aCounter({ sum })(anyTime);
      expect(numbers(await counted())).to.deep.equal([{ subId: null, clicks: 2, ...none }]);
    });
  });

  for (const clickAnswer of ['when-stored', 'at-once']) {
    it(`are refused when no more can wait, and the link leads on (answers ${clickAnswer})`, async () => {
      await shop.api('PUT', '/api/v1/settings/storefront', { clickAnswer });
      const { path } = await aLink();
      at.server.parts.ingest.touches.isFull = () => true;
      const told = await visit({});
      const told503 = [told.status, told.body.error.code, told.headers.get('retry-after')];
      expect(told503).to.deep.equal([503, 'unavailable', '1']);
      const led = await call(at, 'GET', path, undefined, browser);
      expect([led.status, led.headers.get('x-refledger-click')]).to.deep.equal([302, 'not-kept']);
      expect(await counted()).to.deep.equal([]);
    });
  }

  describe('as evidence (S3)', () => {
    const DAY = 86_400_000;
    const inDays = (days: number): string => new Date(at.clock.now.getTime() + days * DAY).toISOString();

    async function expiry(): Promise<string | undefined> {
      const { touches } = at.server.parts.ingest;
      const [touch] = await touches.byVisitors(shop.merchantId, ['visitor-one'], at.clock.now);
      return touch?.expiresAt.toISOString();
    }

    const lengthen = (days: number): Promise<Answer> =>
      shop.api('POST', `/api/v1/programs/${shop.programId}/settings`, {
        settings: { clickWindowSeconds: (days * DAY) / 1000 },
      });

    it('are kept for the longest window, the settle time and a day', async () => {
      await visit({});
      expect(await expiry()).to.equal(inDays(30 + 2 + 1));
    });

    it('live longer when the programme makes its window longer, and no shorter when it makes it shorter', async () => {
      await visit({});
      const before = await expiry();
      expect((await lengthen(7)).status).to.equal(201);
      expect(await expiry()).to.equal(before);
      expect((await lengthen(90)).status).to.equal(201);
      expect(await expiry()).to.equal(inDays(90 + 2 + 1));
    });
  });
});

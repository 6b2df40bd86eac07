import { expect } from 'chai';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { startWatchedServer, type WatchedServer } from './watch-data.ts';

describe('a page of a shop that tells of a visit', () => {
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
    shop = await openShop(at);
  });
  after(() => at.stop());

  function tell(change: object): Promise<Answer> {
    const { storeKey, domain } = shop.stores.custom;
    const touch = { storeKey, code: 'anna', url: domain, consent: true };
    return call(at, 'POST', '/collect/v1/touches', { ...touch, ...change });
  }

  for (const visitorKey of ['kq3x9-1tz8f-0a7bc-9', 'GA1.2.1234567890.1700000000']) {
    it(`is believed that the visitor has the random key "${visitorKey}"`, async () => {
      const { status, body } = await tell({ visitorKey });
      expect([status, body.visitorKey]).to.deep.equal([202, visitorKey]);
    });
  }

  for (const [field, value] of [
    ['visitorKey', 'gina@buyers.example'],
    ['visitorKey', 'Gina Berg, Market St'],
    ['url', 'javascript:alert(1)'],
    ['url', 'file:///etc/passwd'],
  ] as const) {
    it(`is refused "${value}" as ${field}, and nothing of it is kept`, async () => {
      const before = await at.dump();
      const { status, body } = await tell({ [field]: value });
      expect([status, body.error.issues[0].path]).to.deep.equal([400, field]);
      expect(await at.dump()).to.equal(before);
    });
  }
});

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { startWatchedServer, type WatchedServer } from '../../api/watch-data.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';

const PATH = '/api/v1/privacy/erasures';

describe('a buyer who asked a shop to be forgotten', function () {
  this.timeout(60_000);
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
    shop = await openShop(at);
  });
  after(() => at.stop());

  const anErasure = (customer: object) => ({
    eventId: randomUUID(),
    type: 'customer.erased',
    occurredAt: '2026-10-01T07:59:00Z',
    customer,
  });
  const erasures = async (of = shop) => (await of.api('GET', PATH)).body.items;

  it('is shown to the merchant as waiting, once however often it is told, and not by name', async () => {
    const event = anErasure({ id: 'customer-4711', emailHash: 'ab'.repeat(32) });
    for (let times = 0; times < 2; times += 1) {
      const { body } = await shop.sendEvents([event]);
      expect(body.results).to.deep.equal([{ eventId: event.eventId, status: 'accepted' }]);
    }
    const items = await erasures();
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ storeId: shop.stores.custom.id, state: 'waiting' });
    expect(items[0].requestedAt).to.equal('2026-10-01T07:59:00.000Z');
    expect(JSON.stringify(items)).to.not.match(/4711|abab/);
    expect(await at.dump(), 'the account is kept as a keyed hash only').to.not.include('customer-4711');
  });

  it("is nobody else's to see", async () => {
    expect(await erasures(await openShop(at))).to.deep.equal([]);
  });

  it('is not taken when it says not who', async () => {
    const before = await erasures();
    const { body } = await shop.sendEvents([anErasure({}), anErasure({ emailHash: 'gina@buyers.example' })]);
    const [nobody, plain] = body.results;
    expect(nobody).to.include({ status: 'rejected', message: 'customer: send "id", "emailHash", or both' });
    expect(plain.status).to.equal('rejected');
    expect(await erasures()).to.deep.equal(before);
  });
});

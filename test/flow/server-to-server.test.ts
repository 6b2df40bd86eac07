import { expect } from 'chai';
import { DAY, HOUR } from '../../server/shared/clock.ts';
import { aProgram } from '../support/a-program.ts';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';

const START = new Date('2026-10-02T10:00:00Z');
const PATH = '/api/v1/conversions';

describe('a shop that tells its sales from server to server', () => {
  let at: WatchedServer;
  let shop: Shop;
  let program: Shop['api'];
  before(async () => {
    at = await startWatchedServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    program = await aProgram(at, shop, ['conversions:write', 'read']);
    at.clock.now = START;
  });
  after(() => at.stop());

  const sale = (facts: object = {}) => ({
    storeId: shop.stores.custom.id,
    kind: 'sale',
    externalId: '1001',
    amount: { amount: 4500, currency: 'EUR' },
    code: 'anna',
    ...facts,
  });
  async function tell(facts: object = {}, headers = {}): Promise<Answer> {
    const answer = await program('POST', PATH, sale(facts), headers);
    await at.server.idle();
    return answer;
  }
  const postings = async (): Promise<any[]> => (await program('GET', '/api/v1/commissions')).body.items;
  const states = async () =>
    (await postings()).map(({ amount, state }) => `${amount.amount} ${state}`).toReversed();
  const pass = async (milliseconds: number) => {
    at.clock.now = new Date(at.clock.now.getTime() + milliseconds);
    await at.server.parts.jobs.runNow('release-due');
    await at.server.idle();
  };
  const attribution = async (id: string) =>
    (await program('GET', `/api/v1/orders/${id}/attribution`)).body.items.at(-1);
  const refusal = ({ status, body }: Answer) => [status, body.error?.code];

  it('has each recorded as pending, credited by its code: 20 % of 45.00 is 9.00 (S3, S7)', async () => {
    const { status, body } = await tell();
    expect([status, body.state, body.toldBy, body.versions]).to.deep.equal([202, 'pending', 'api', 1]);
    expect((await attribution(body.id)).winner).to.include({ affiliateName: 'Anna', class: 'link' });
    expect(await states()).to.deep.equal(['900 pending']);
    expect((await program('GET', `${PATH}/${body.id}`)).body).to.deep.equal(body);
  });

  it('has nothing paid of a sale that nobody says is paid, however long it waits', async () => {
    await tell();
    await pass(400 * DAY);
    const [posting] = await postings();
    expect(posting).to.include({ state: 'pending', holdEndsAt: null });
    // Approved by a person, it still waits for the payment.
    await shop.api('POST', `/api/v1/commissions/${posting.id}/approve`);
    await pass(400 * DAY);
    expect(await states()).to.deep.equal(['900 approved']);
  });

  it('has it payable after the hold when the shop says that it is paid (S7)', async () => {
    await tell();
    const { body } = await tell({ paid: true, sequence: 1 });
    expect(body.state).to.equal('confirmed');
    await pass(400 * DAY);
    expect(await states()).to.deep.equal(['900 payable']);
  });

  it('has it payable after the hold when a person confirms it, and confirmed once', async () => {
    const { body } = await tell();
    const confirm = () => shop.api('POST', `${PATH}/${body.id}/confirm`);
    expect((await confirm()).body).to.include({ state: 'confirmed', versions: 2 });
    await at.server.idle();
    const before = await at.dump();
    expect((await confirm()).body).to.include({ state: 'confirmed', versions: 2 });
    expect(await at.dump()).to.equal(before);
    await pass(400 * DAY);
    expect(await states()).to.deep.equal(['900 payable']);
  });

  it('keeps what was said of the payment when a correction does not speak of it', async () => {
    await tell({ paid: true });
    const { body } = await tell({ sequence: 1, amount: { amount: 4000, currency: 'EUR' } });
    expect([body.state, body.amount.amount]).to.deep.equal(['confirmed', 4000]);
  });

  describe('and corrects one', () => {
    beforeEach(() => tell());

    it('to a lower amount: 20 % of 30.00 is 6.00, so that 3.00 goes back (S6)', async () => {
      await tell({ sequence: 1, amount: { amount: 3000, currency: 'EUR' } });
      expect(await states()).to.have.members(['900 pending', '-300 pending']);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 600 });
    });

    it('to cancelled, and opens it again (S6)', async () => {
      const { body } = await tell({ sequence: 1, status: 'cancelled' });
      expect([body.state, await shop.balanceOf('anna')]).to.deep.equal(['cancelled', { EUR: 0 }]);
      expect((await tell({ sequence: 2 })).body.state).to.equal('pending');
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 900 });
    });

    it('by the higher sequence, in whatever order the corrections arrive', async () => {
      await tell({ sequence: 2, amount: { amount: 1000, currency: 'EUR' } });
      await tell({ sequence: 1, amount: { amount: 3000, currency: 'EUR' } });
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 200 });
    });

    it('by the later `updatedAt` as well', async () => {
      const later = { updatedAt: '2026-10-02T12:00:00Z', amount: { amount: 1000, currency: 'EUR' } };
      await tell(later);
      await tell({ updatedAt: '2026-10-02T11:00:00Z' });
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 200 });
    });

    it('not without saying which is newer, and nothing happens', async () => {
      const before = await at.dump();
      expect(refusal(await tell({ amount: { amount: 1, currency: 'EUR' } }))).to.deep.equal([
        409,
        'conflict',
      ]);
      expect(await at.dump()).to.equal(before);
    });

    it('only when it says something else: the same again changes nothing', async () => {
      const before = await at.dump();
      expect((await tell()).status).to.equal(202);
      expect(await at.dump()).to.equal(before);
    });
  });

  it('counts a coupon at the coupon rate, 10 % of 45.00 is 4.50, and lines by their own products (S5)', async () => {
    const lines = [
      { productId: 'tea', quantity: 2, amount: 4000, title: 'Tea' },
      { productId: 'pot', amount: 500 },
    ];
    const { body } = await tell({ code: undefined, coupon: 'ANNA10', lines });
    expect(body.amount).to.deep.equal({ amount: 4500, currency: 'EUR' });
    expect(await states()).to.deep.equal(['450 pending']);
    const { body: versions } = await program('GET', `/api/v1/orders/${body.id}/versions`);
    expect(versions.items[0].lines.map((line: any) => [line.title, line.quantity])).to.deep.equal([
      ['Tea', 2],
      ['', 1],
    ]);
  });

  it('records a lead that is credited and posts 0: "0.00, base 0" (S5), beside a sale of the same number', async () => {
    await tell();
    const { body } = await tell({ kind: 'lead', amount: undefined });
    expect(body).to.deep.include({ kind: 'lead', externalId: '1001', state: 'pending' });
    expect(body.amount).to.deep.equal({ amount: 0, currency: 'XXX' });
    expect((await attribution(body.id)).winner).to.include({ affiliateName: 'Anna' });
    expect(await states()).to.have.members(['900 pending', '0 pending']);
    const inEuro = await tell({ kind: 'lead', externalId: '7', amount: { amount: 0, currency: 'EUR' } });
    expect(inEuro.body.amount.currency).to.equal('EUR');
  });

  it('is settled as things stood when it was made (S3), never later than we heard of it', async () => {
    const { body } = await tell({ occurredAt: '2026-10-02T09:00:00Z' });
    expect(body.placedAt).to.equal('2026-10-02T09:00:00.000Z');
    const future = await tell({ externalId: '2', occurredAt: '2027-01-01T00:00:00Z' });
    expect(future.body.placedAt).to.equal(START.toISOString());
  });

  it('may name the visitor: the touch is found by the key of the browser (S3)', async () => {
    const { visitorKey } = await shop.touch('ben');
    at.clock.now = new Date(START.getTime() + HOUR);
    const { body } = await tell({ code: undefined, visitorKey });
    expect((await attribution(body.id)).winner.affiliateName).to.equal('Ben');
  });

  it('keeps nothing of the customer but hashes (S8)', async () => {
    await tell({ customer: { id: 'customer-4711', email: 'gina@buyers.example' } });
    const stored = await at.dump();
    expect(stored).to.not.include('customer-4711').and.not.include('gina');
    const [order] = (await at.server.parts.ingest.orders.list(shop.merchantId, 1, {})) as any[];
    expect([order.buyer.customer, order.buyer.email]).to.satisfy((keys: unknown[]) =>
      keys.every((key) => /^[0-9a-f]{64}$/.test(String(key))),
    );
  });

  it('is told what to do about what cannot be', async () => {
    const wrong: [object, string][] = [
      [{ amount: undefined }, 'amount'],
      [{ amount: { amount: 45.5, currency: 'EUR' } }, 'amount.amount'],
      [{ amount: { amount: -1, currency: 'EUR' } }, 'amount.amount'],
      [{ amount: { amount: '4500', currency: 'EUR' } }, 'amount.amount'],
      [{ amount: { amount: 2 ** 53, currency: 'EUR' } }, 'amount.amount'],
      [{ amount: { amount: 1, currency: 'euro' } }, 'amount.currency'],
      [{ kind: 'lead' }, 'amount'],
      [{ lines: [{ amount: 4499 }] }, 'lines'],
      [{ code: 'an na' }, 'code'],
      [{ sequence: -1 }, 'sequence'],
    ];
    for (const [facts, path] of wrong) {
      const answer = await tell(facts);
      expect([...refusal(answer), answer.body.error.issues[0].path]).to.deep.equal([
        400,
        'invalid-input',
        path,
      ]);
    }
    expect(refusal(await tell({ amount: { amount: 10 ** 15 + 1, currency: 'EUR' } }))).to.deep.equal([
      400,
      'invalid-input',
    ]);
    expect(refusal(await tell({ storeId: shop.stores.shopify.id }))).to.deep.equal([422, 'impossible']);
    expect(refusal(await tell({ storeId: 'nobody' }))).to.deep.equal([404, 'not-found']);
    expect(await postings()).to.deep.equal([]);
  });

  it('needs a key with the scope', async () => {
    const reader = await aProgram(at, shop, ['read']);
    const refused = await reader('POST', PATH, sale());
    expect([...refusal(refused), refused.body.error.help]).to.deep.equal([
      403,
      'forbidden',
      'Ask an owner of your account for a key with it, from POST /api/v1/api-keys.',
    ]);
    expect(refusal(await call(at, 'POST', PATH, sale()))).to.deep.equal([401, 'unauthenticated']);
  });

  it('may send it again under its Idempotency-Key and gets the same answer', async () => {
    const key = { 'idempotency-key': 'sale-1001' };
    const first = await tell({}, key);
    const second = await tell({}, key);
    expect([second.headers.get('idempotency-hit'), second.body]).to.deep.equal(['true', first.body]);
    expect((await tell({ code: 'ben' }, key)).body.error.code).to.equal('idempotency-conflict');
  });
});

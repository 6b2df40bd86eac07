import { expect } from 'chai';
import { createQuestionLimit } from '../../../../server/flow/commissions/credits/limit-questions.ts';
import { startServer, type TestServer } from '../../../support/a-server.ts';
import { anOrderEvent } from '../../../support/a-signed-order.ts';
import { call, openShop, signAsPlugin, type Answer, type Shop } from '../../../support/a-shop.ts';

const PAID = { status: 'processing', isPaid: true, paidAt: '2026-10-02T10:00:00Z' };
const QUARTER_HOUR = 15 * 60_000;
const GINA = { id: 'customer-4711', email: 'gina@buyers.example' };

describe("the order's page in a shop", () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    at.clock.now = new Date('2026-10-02T10:05:00Z');
  });
  after(() => at.stop());

  const tell = (order: Record<string, unknown>, event = {}) =>
    shop.sendEvents([anOrderEvent({ customer: GINA, ...order }, event)]);
  const askAs = (
    { id, eventSecret }: { id: string; eventSecret: string },
    body = JSON.stringify({ orderId: '1001' }),
  ): Promise<Answer> =>
    call(at, 'POST', `/hooks/v1/credits/${id}`, body, signAsPlugin(at, eventSecret, body));
  const ask = async () => (await askAs(shop.stores.custom)).body;
  const open = (path: string) => call(at, 'GET', path);

  it('says whose coupon it was, what it earns and until when that is pending (S3, S7)', async () => {
    await tell({ ...PAID, coupons: ['anna10'] });
    const { state, words, parts } = await ask();
    expect([state, words]).to.deep.equal([
      'credited',
      ['Credited to Anna by the coupon anna10; 10.00 EUR, pending until 2026-11-01 10:00 UTC.'],
    ]);
    expect(parts).to.deep.equal([
      { affiliateName: 'Anna', code: 'anna10', amount: '10.00', currency: 'EUR', state: 'pending' },
    ]);
  });

  it('names the code of a link, and whoever was not credited beside it', async () => {
    await tell({ ...PAID, coupons: ['ben10'], referral: { code: 'anna', source: 'cookie' } });
    const { words } = await ask();
    expect(words[0]).to.match(/^Credited to (Anna \(code anna\)|Ben) by the /);
    expect(words[1]).to.match(/^Not credited: .* of (Ben|Anna), .*, because .*\.$/);
  });

  it('says why nobody is credited', async () => {
    const touched = await shop.touch('anna', 'visitor-of-gina');
    at.clock.now = new Date('2026-11-03T10:05:00Z');
    const late = { createdAt: '2026-11-03T10:00:00Z', updatedAt: '2026-11-03T10:00:00Z' };
    await tell({ ...PAID, ...late, paidAt: late.createdAt, referral: { visitorKey: touched.visitorKey } });
    const { state, words, parts } = await ask();
    expect([state, parts]).to.deep.equal(['nobody', []]);
    expect(words[0]).to.match(/^Nobody is credited: link.* of Anna, .*click is \d+ d.* old, window 30 d\.$/);
  });

  it('says so where nothing names an affiliate', async () => {
    await tell(PAID);
    expect((await ask()).words).to.deep.equal(['Nobody is credited: nothing names an affiliate.']);
  });

  it('follows a refund of everything: it earns nothing, and why (S6)', async () => {
    await tell({ ...PAID, coupons: ['anna10'] });
    const cancelled = { status: 'cancelled', isPaid: false, updatedAt: '2026-10-02T10:04:00Z' };
    await tell({ ...PAID, ...cancelled, coupons: ['anna10'] }, { sequence: 2 });
    expect((await ask()).words[0]).to.equal(
      'Credited to Anna by the coupon anna10; it earns nothing, because the order was cancelled.',
    );
  });

  it('has nothing to say of an order that did not arrive', async () => {
    const answer = await ask();
    expect(answer.state).to.equal('unknown');
    expect(answer.words[0]).to.match(/^Not known yet/);
    expect(answer.receiptPath).to.equal(null);
  });

  describe('and the link to its receipt', () => {
    beforeEach(() => tell({ ...PAID, coupons: ['anna10'] }));

    it('shows the whole computation to staff without an account, and nothing of the buyer', async () => {
      const { status, headers, body } = await open((await ask()).receiptPath);
      expect([status, headers.get('cache-control'), headers.get('x-robots-tag')]).to.deep.equal([
        200,
        'no-store',
        'noindex',
      ]);
      expect(body)
        .to.include('Who is credited for order #1001')
        .and.include('Credited to Anna by the coupon anna10')
        .and.include('<h2>10.00 EUR for Anna, 2026-10-02 10:05 UTC</h2>')
        .and.include('Commission of the order: 10.00 EUR on a base of 100.00 EUR.')
        .and.include('<meta name="robots" content="noindex" />');
      expect(body).to.not.match(/gina|4711|<script/i);
    });

    it('ends after a quarter of an hour', async () => {
      const { receiptPath, receiptEndsAt } = await ask();
      expect(receiptEndsAt).to.equal('2026-10-02T10:20:00.000Z');
      at.clock.now = new Date(at.clock.now.getTime() + QUARTER_HOUR - 1000);
      expect((await open(receiptPath)).status).to.equal(200);
      at.clock.now = new Date(at.clock.now.getTime() + 1000);
      const ended = await open(receiptPath);
      expect([ended.status, ended.body]).to.satisfy(
        ([status, body]: [number, string]) => status === 404 && body.includes('does not work any more'),
      );
    });

    it('is of this order of this shop alone: whatever is changed in it closes it', async () => {
      const { receiptPath } = await ask();
      const [facts = '', hash = ''] = (receiptPath.split('/').at(-1) as string).split('.');
      const members = JSON.parse(Buffer.from(facts, 'base64url').toString('utf8')) as unknown[];
      const forged = [
        [members[0], members[1], '1002', members[3]],
        [members[0], shop.stores.woocommerce.id, members[2], members[3]],
        [members[0], members[1], members[2], (members[3] as number) + 3600],
      ].map((changed) => `${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${hash}`);
      const others = [facts, `${facts}.`, `.${hash}`, `${facts}.${hash}x`, `${facts}.${hash}.${hash}`, 'x'];
      for (const token of [...forged, ...others])
        expect((await open(`/receipts/${token}`)).status, token).to.equal(404);
    });

    it('is closed with the shop', async () => {
      const { receiptPath } = await ask();
      await shop.api('POST', `/api/v1/stores/${shop.stores.custom.id}/disconnect`);
      expect((await open(receiptPath)).status).to.equal(404);
      const refused = await askAs(shop.stores.custom);
      expect([refused.status, refused.body.error.code]).to.deep.equal([410, 'store-disconnected']);
    });
  });

  it("is not told of another shop's order, of the same merchant or of another", async () => {
    await tell({ ...PAID, coupons: ['anna10'] });
    expect((await askAs(shop.stores.woocommerce)).body.state).to.equal('unknown');
    const other = await openShop(at);
    expect((await askAs(other.stores.custom)).body.state).to.equal('unknown');
  });

  it('is told nothing without the signature of that shop', async () => {
    const { id } = shop.stores.custom;
    const stranger = { id, eventSecret: shop.stores.woocommerce.eventSecret };
    const refused = await askAs(stranger);
    expect([refused.status, refused.body.error.code]).to.deep.equal([401, 'bad-signature']);
    const nobody = await call(at, 'POST', `/hooks/v1/credits/${id}`, { orderId: '1001' });
    expect(nobody.status).to.equal(401);
  });

  it('is told what is wrong with a question', async () => {
    const bad = { '{"orderId":7}': 400, '{"orderId":"1","more":1}': 400, '{': 400, '[]': 400 };
    for (const [body, status] of Object.entries(bad))
      expect((await askAs(shop.stores.custom, body)).status, body).to.equal(status);
    const long = await askAs(shop.stores.custom, JSON.stringify({ orderId: 'x'.repeat(2000) }));
    expect(long.status).to.equal(413);
  });

  it('is asked to wait when it asks too often, while another shop goes on', async () => {
    const limit = createQuestionLimit(2);
    for (const id of ['a', 'a', 'b']) await limit(id);
    const refusal: unknown = await limit('a').catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'too-many-requests' });
    await limit('b');
  });
});

import { expect } from 'chai';
import { replayDecision, type Decision } from '../../server/flow/attribution/index.ts';
import { DAY, HOUR, MINUTE } from '../../server/shared/clock.ts';
import { canonicalJson } from '../../server/shared/hash.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { changeSettings, orderIdOf, readDecisions } from './attribution/read-decisions.ts';

// In the future, because databases destroy expired keys by their own clocks.
const MIDNIGHT = new Date('2036-10-02T00:00:00Z');
const afterMidnight = (milliseconds: number): Date => new Date(MIDNIGHT.getTime() + milliseconds);
const HOME = '203.0.113.77';
const ELSEWHERE = '203.0.113.78';

describe('S9 an affiliate who signed in to the portal from the network of the buyer', () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2036-09-01T08:00:00Z');
    shop = await openShop(at);
    await changeSettings(shop, { selfReferral: { sameIp: 'reject', ipHours: 24 } });
  });
  after(() => at.stop());

  const signIn = async (when: Date, ip = HOME): Promise<void> => {
    at.clock.now = when;
    await at.server.parts.affiliates.noteSignIn(shop.merchantId, shop.affiliates.anna, {
      ip,
      visitorKey: null,
    });
  };
  const order = async (
    placed: Date,
    customer: object,
    { received = placed, sequence = 1 }: { received?: Date; sequence?: number } = {},
  ): Promise<any> => {
    at.clock.now = received;
    const createdAt = placed.toISOString();
    const updatedAt = received.toISOString();
    const referral = { code: 'anna', source: 'cookie' };
    await shop.sendEvents([anOrderEvent({ createdAt, updatedAt, referral, customer }, { sequence })]);
    return (await readDecisions(shop, '1001')).at(-1);
  };
  const storedOrder = async () =>
    at.server.parts.ingest.orders.byId(shop.merchantId, await orderIdOf(shop, '1001'));
  const setDays = async (ipHashDays: number): Promise<void> => {
    const { status } = await shop.api('PUT', '/api/v1/settings/storefront', { ipHashDays });
    expect(status).to.equal(200);
  };

  const stories: [string, Date, string, Date, string | null][] = [
    [
      'minutes before, on the same day',
      afterMidnight(9 * HOUR),
      HOME,
      afterMidnight(9 * HOUR + 5 * MINUTE),
      '5 min',
    ],
    [
      'minutes before, on the other side of midnight',
      afterMidnight(-MINUTE),
      HOME,
      afterMidnight(MINUTE),
      '2 min',
    ],
    ['exactly 24 h before', afterMidnight(HOUR - DAY), HOME, afterMidnight(HOUR), '1 d'],
    ['a second more than 24 h before', afterMidnight(HOUR - DAY - 1000), HOME, afterMidnight(HOUR), null],
    ['after the order, on the same day', afterMidnight(2 * HOUR), HOME, afterMidnight(HOUR), null],
    ['from another network', afterMidnight(-MINUTE), ELSEWHERE, afterMidnight(MINUTE), null],
  ];
  for (const [when, visit, from, placed, apart] of stories) {
    it(`${when} ${apart === null ? 'is credited' : 'is not credited'}`, async () => {
      await signIn(visit, from);
      const received = placed > visit ? placed : visit;
      const { winner, losers } = await order(placed, { ip: HOME }, { received });
      expect([winner?.affiliateName, losers[0]?.reason]).to.deep.equal(
        apart === null
          ? ['Anna', undefined]
          : [undefined, `the affiliate had signed in from the same network ${apart} before`],
      );
    });
  }

  it('is found thirty days back, where the programme asks for that and the keys live so long', async () => {
    await setDays(30);
    await changeSettings(shop, { selfReferral: { sameIp: 'reject', ipHours: 720 } });
    await signIn(afterMidnight(HOUR - 30 * DAY));
    expect((await order(afterMidnight(HOUR), { ip: HOME })).winner).to.equal(null);
  });

  it('is not found any more when the key of that day is destroyed', async () => {
    await setDays(2);
    await changeSettings(shop, { selfReferral: { sameIp: 'reject', ipHours: 720 } });
    await signIn(afterMidnight(HOUR - 3 * DAY));
    expect((await order(afterMidnight(HOUR), { ip: HOME })).winner.affiliateName).to.equal('Anna');
  });

  it('is found by the hash that the shop has made of the address', async () => {
    await signIn(afterMidnight(-MINUTE));
    const ipHash = at.server.parts.buyerHash(shop.merchantId)(HOME);
    expect((await order(afterMidnight(MINUTE), { ipHash })).winner).to.equal(null);
    expect(canonicalJson(await storedOrder())).to.not.contain(ipHash);
  });

  it('stays known when the order is told again after the key was destroyed', async () => {
    await setDays(1);
    await signIn(afterMidnight(-MINUTE));
    const placed = afterMidnight(MINUTE);
    const first = await order(placed, { ip: HOME });
    const known = (await storedOrder())?.buyer.ips;
    expect(known).to.have.length(2);
    await at.server.idle();
    const second = await order(placed, { ip: HOME }, { received: afterMidnight(30 * HOUR), sequence: 2 });
    expect(second).to.deep.equal(first);
    expect((await storedOrder())?.buyer.ips).to.deep.equal(known);
  });

  it('decides the same when it is replayed after every key was destroyed', async () => {
    await signIn(afterMidnight(-MINUTE));
    await order(afterMidnight(MINUTE), { ip: HOME });
    at.clock.now = afterMidnight(90 * DAY);
    const { attributions } = at.server.parts.attribution;
    const stored = await attributions.byOrder(shop.merchantId, await orderIdOf(shop, '1001'));
    const decisions = (stored?.decisions ?? []) as Decision[];
    expect(decisions.map((decision) => [decision.winner, replayDecision(decision)])).to.deep.equal([
      [null, []],
    ]);
  });

  it('leaves no hash that a key for ever can make again', async () => {
    await signIn(afterMidnight(-MINUTE));
    await order(afterMidnight(MINUTE), { ip: HOME });
    const lasting = at.server.parts.buyerHash(shop.merchantId)(HOME);
    const affiliate = await at.server.parts.affiliates.affiliateById(shop.merchantId, shop.affiliates.anna);
    const stored = canonicalJson([await storedOrder(), affiliate]);
    expect(affiliate?.identity.visits).to.have.length(1);
    expect(stored).to.contain(affiliate?.identity.visits[0]?.ipHash ?? 'no visit');
    expect(stored).to.not.contain(lasting);
    expect(stored).to.not.contain(HOME);
  });
});

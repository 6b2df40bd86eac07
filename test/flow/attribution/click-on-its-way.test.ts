import { expect } from 'chai';
import { MINUTE } from '../../../server/shared/clock.ts';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { readDecisions } from './read-decisions.ts';

const NOON = new Date('2026-10-02T12:00:00Z');
const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * MINUTE);
const VISITOR = 'a-visitor-key-0001';
const byVisitor = { referral: { visitorKey: VISITOR, source: 'cookie' } };

describe('S3 a click that was on its way when the order came', () => {
  let at: TestServer;
  let shop: Shop;
  let sequence = 0;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
  });
  after(() => at.stop());

  const order = (facts: object, updatedAt: Date) => {
    const times = { createdAt: NOON.toISOString(), updatedAt: updatedAt.toISOString() };
    return shop.sendEvents([anOrderEvent({ ...times, ...facts }, { sequence: (sequence += 1) })]);
  };
  const passTo = async (moment: Date): Promise<void> => {
    at.clock.now = moment;
    await at.server.idle();
  };
  const winner = async (): Promise<string | undefined> =>
    (await readDecisions(shop, '1001')).at(-1).winner?.affiliateName;

  it('counts when the two minutes are over', async () => {
    at.clock.now = NOON;
    await order(byVisitor, NOON);
    at.clock.now = later(1);
    await shop.touch('anna', VISITOR);
    expect(await winner()).to.equal(undefined);
    await passTo(later(3));
    expect(await winner()).to.equal('Anna');
    expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
  });

  it('counts as well when the browser was told with a later delivery', async () => {
    at.clock.now = NOON;
    await order({ referral: { code: 'ben', source: 'attribute' } }, NOON);
    at.clock.now = later(0.5);
    await order({ ...byVisitor, referral: { ...byVisitor.referral, code: 'ben' } }, later(0.5));
    at.clock.now = later(1);
    await shop.touch('anna', VISITOR);
    await passTo(later(3));
    expect(await winner()).to.equal('Anna');
  });

  it('does not count when it came after the two minutes', async () => {
    at.clock.now = NOON;
    await order(byVisitor, NOON);
    at.clock.now = later(2.5);
    await shop.touch('anna', VISITOR);
    await passTo(later(3));
    expect(await winner()).to.equal(undefined);
  });
});

import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { pickWinningTouch, type DecisionInput } from '../server/flow/attribution/index.ts';
import { composeServer } from '../server/compose.ts';
import { readConfig } from '../server/config.ts';
import { replayDecisions } from '../server/replay-decisions.ts';
import { anOrderEvent } from './support/a-signed-order.ts';
import { openShop } from './support/a-shop.ts';

describe('S3 a merchant decides every order again from the command line', () => {
  let dataDir: string;
  let said: string[];
  const say = (line: string): void => void said.push(line);
  const config = () => readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const replay = (request: Partial<Parameters<typeof replayDecisions>[1]> = {}) => {
    said = [];
    return replayDecisions(config(), { settings: [], json: false, ...request }, say);
  };

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-replay-'));
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const log = pino({ level: 'silent' });
    const environment = { DATA_DIR: dataDir, PORT: '0' };
    const server = await composeServer({ config: readConfig(environment), clock: () => clock.now, log });
    const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
    clock.now = new Date('2026-10-02T10:05:00Z');
    const referral = { code: 'anna', source: 'cookie' };
    const customer = { email: 'gina@buyers.example' };
    // One after the other: of orders that come together a later one may be decided twice (S3).
    for (const event of [
      anOrderEvent({ referral, customer }),
      anOrderEvent({ id: '1002', number: '#1002', referral, customer, coupons: ['ben10'] }),
      anOrderEvent({ id: '1003', number: '#1003', customer }),
    ])
      await shop.sendEvents([event]);
    const linksFirst = { precedence: [['manual'], ['link'], ['coupon']] };
    await shop.api('POST', `/api/v1/programs/${shop.programId}/settings`, { settings: linksFirst });
    await server.stop();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('and is told that nothing differs on an unchanged installation', async () => {
    expect([await replay(), said]).to.deep.equal([0, ['3 orders decided again, 0 differ.']]);
  });

  it('and is told which order a changed line in the code decides otherwise', async () => {
    const withoutCoupons = (input: DecisionInput) => ({
      ...pickWinningTouch({ ...input, touches: input.touches.filter(({ coupon }) => coupon === null) }),
      input,
    });
    expect(await replay({ decide: withoutCoupons })).to.equal(1);
    expect(said[0]).to.equal('Order #1002, decision 1:');
    expect(said[1]).to.equal(
      '  the winner is the link touch of Anna (cookie), stored: the coupon touch of Ben (coupon ben10)',
    );
    expect(said.at(-1)).to.equal('3 orders decided again, 1 differ.');
  });

  it('and is told exactly what another settings version would change, which is no failure', async () => {
    expect(await replay({ settings: ['Partners=2'] })).to.equal(0);
    expect(said.filter((line) => line.startsWith('Order'))).to.deep.equal(['Order #1002, decision 1:']);
    expect(said).to.include.members([
      '  Anna would have 20.00 EUR for the order, posted: 0.00 EUR',
      '  Ben would have 0.00 EUR for the order, posted: 10.00 EUR',
    ]);
    expect(said.at(-1)).to.equal('3 orders decided again, 1 would change.');
    expect(await replay({ settings: ['Partners=1'] })).to.equal(0);
    expect(said).to.deep.equal(['3 orders decided again, 0 would change.']);
  });

  it('and gets one JSON document when asked', async () => {
    await replay({ settings: ['Partners=2'], json: true });
    const { orders, different, changed } = JSON.parse(said.join('\n'));
    expect([orders, different, changed[0].number]).to.deep.equal([3, 1, '#1002']);
  });

  for (const [wish, problem] of [
    ['Partners', 'write <programme>=<version>'],
    ['Partnerz=1', 'There is no programme "Partnerz"'],
    ['Partners=9', 'has settings versions 1 to 2'],
  ] as const) {
    it(`and is told what is wrong with --settings ${wish}`, async () => {
      const refusal = await replay({ settings: [wish] }).catch((error: unknown) => String(error));
      expect(refusal).to.contain(problem);
    });
  }
});

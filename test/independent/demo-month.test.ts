import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import { z } from 'zod';
import { verifyBooks } from '../../server/check-books.ts';
import { readConfig } from '../../server/config.ts';
import { openStage } from '../../server/demo/open-stage.ts';
import { planMonth } from '../../server/demo/plan/plan-month.ts';
import { playMonth } from '../../server/demo/play-month.ts';
import { setUpMerchant } from '../../server/demo/set-up-merchant.ts';
import { replayDecisions } from '../../server/replay-decisions.ts';
import { scale } from '../support/scale.ts';
import { findDisagreements } from './recompute.mjs';

const posting = z.object({ id: z.string() });
const answer = z.object({ receipt: z.any() });
const silent = (): void => undefined;

// In `npm test` the month of a small shop; the whole month of the demo in the long run.
const ORDERS = scale(80, 320);

describe(`the demo's month of ${ORDERS} orders @long, when it is over`, function () {
  // Every order goes through a server of its own.
  this.timeout(180_000);

  let dataDir: string;
  let receipts: any[];
  before(async () => {
    const plan = planMonth({ seed: 1, orders: ORDERS });
    const stage = await openStage(plan);
    const { server, clock } = stage;
    ({ dataDir } = server);
    try {
      const { api, shops } = await setUpMerchant(server, plan);
      const idle = () => server.idle();
      await playMonth(plan, { serverUrl: server.url, clock, shops, idle, onStep: silent });
      clock.moveTo(plan.endsAt);
      await server.parts.jobs.runNow('release-due');
      await server.idle();
      receipts = [];
      for (const { id } of await api.list('/api/v1/commissions', posting)) {
        receipts.push((await api.get(`/api/v1/commissions/${id}/receipt`, answer)).receipt);
      }
    } finally {
      await stage.close({ keepData: true });
    }
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  const config = () => readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

  it('S16: has receipts of which an independent script recomputes every one', () => {
    const wrong = receipts.flatMap((receipt) => findDisagreements(receipt));
    console.log(`      ${receipts.length} postings recomputed from their receipts`);
    expect([receipts.length > ORDERS / 2, wrong]).to.deep.equal([true, []]);
  });

  it('S3, S6: is decided and computed again without a difference', async () => {
    const said: string[] = [];
    const code = await replayDecisions(config(), { settings: [], json: false }, (line) => said.push(line));
    expect([code, said.at(-1)]).to.deep.equal([0, `${ORDERS} orders decided again, 0 differ.`]);
  });

  it('S12: has books that agree with their commissions', async () => {
    expect(await verifyBooks(config(), silent)).to.equal(0);
  });
});

import { expect } from 'chai';
import { createSeededRandom } from '../../server/demo/plan/seeded-random.ts';
import { createPluginSender, type LineAnswer } from '../support/a-plugin-sender.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { call, signAsPlugin } from '../support/a-shop.ts';
import { openReadShop, type ReadShop } from './a-read-shop.ts';

const ORDERS = 25;
/** 20 % of 20.00 EUR. */
const EARNED = 400;
/** The plugin's patience. */
const PATIENCE = 15_000;

/** Two of ten answers are 500, two of ten never come; of both, half after the request was taken. */
function createFaults() {
  const { fraction } = createSeededRandom(7);
  const faults = { errors: 0, silences: 0, takenAllTheSame: 0, requests: 0 };
  return {
    faults,
    choose(): { fault: 'error' | 'silence' | undefined; isTaken: boolean } {
      const draw = fraction();
      const fault = draw < 0.2 ? 'error' : draw < 0.4 ? 'silence' : undefined;
      const isTaken = !fault || fraction() < 0.5;
      faults.requests += 1;
      if (fault === 'error') faults.errors += 1;
      if (fault === 'silence') faults.silences += 1;
      if (fault && isTaken) faults.takenAllTheSame += 1;
      return { fault, isTaken };
    },
  };
}

const orderEvent = (number: number, at: Date): { eventId: string } => {
  const moment = at.toISOString();
  const line = { id: '101', title: 'T-Shirt', quantity: 1, subtotal: '20.00', total: '20.00' };
  const times = { createdAt: moment, updatedAt: moment, paidAt: moment, isPaid: true, status: 'processing' };
  const referral = { code: 'anna', source: 'cookie' };
  return anOrderEvent(
    { id: String(number), number: String(number), ...times, lines: [line], referral },
    { occurredAt: moment },
  );
};

/** Each order of 1..ORDERS has one entry, of the full commission. */
async function expectEachOnce(the: ReadShop): Promise<void> {
  const entries = await the.shop.entries();
  const numbers = entries.map(({ orderNumber }) => parseInt(orderNumber, 10)).toSorted((a, b) => a - b);
  expect(numbers).to.deep.equal(Array.from({ length: ORDERS }, (_, index) => index + 1));
  expect(await the.earned()).to.equal(ORDERS * EARNED);
}

describe('while two of ten answers are 500 and two of ten never come', function () {
  this.timeout(120_000);
  let the: ReadShop;
  afterEach(() => the.stop());

  it('every order that a plugin sends is in the ledger exactly once, a bad event costs no other', async () => {
    the = await openReadShop({ withKeys: false });
    const { at, shop } = the;
    const { faults, choose } = createFaults();
    const { id, eventSecret } = shop.stores.woocommerce;
    const plugin = createPluginSender(async (events): Promise<LineAnswer> => {
      const { fault, isTaken } = choose();
      const body = JSON.stringify({ events });
      const path = `/hooks/v1/events/${id}`;
      const answer = isTaken && (await call(at, 'POST', path, body, signAsPlugin(at, eventSecret, body)));
      if (fault === 'silence') at.clock.now = new Date(at.clock.now.getTime() + PATIENCE);
      return answer && !fault ? answer : { status: fault === 'error' ? 500 : 0, body: '' };
    });
    for (let minute = 0; minute < ORDERS; minute += 1) {
      plugin.add(orderEvent(minute + 1, at.clock.now), at.clock.now);
      if (minute === 10) plugin.add({ eventId: 'none of ours' }, at.clock.now);
      await plugin.run(at.clock.now);
      the.later();
    }
    for (let hour = 0; hour < 48 && plugin.count('waiting') > 0; hour += 1) {
      await plugin.run(the.later(60));
    }
    await at.server.idle();
    const { errors, silences, takenAllTheSame } = faults;
    expect(Math.min(errors, silences, takenAllTheSame), JSON.stringify(faults)).to.be.greaterThan(2);
    expect([plugin.count('waiting'), plugin.count('failed')], 'the bad event alone').to.deep.equal([0, 1]);
    await expectEachOnce(the);
  });
});

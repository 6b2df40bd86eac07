import { expect } from 'chai';
import { applyDelivery } from '../../../server/flow/ingest/apply-delivery.ts';
import { createParkedOrder } from '../../../server/flow/ingest/create-parked-order.ts';
import type { Order } from '../../../server/flow/ingest/index.ts';
import { MINUTE } from '../../../server/shared/clock.ts';
import type { Channel } from '../../../server/shared/delivery.ts';
import { anOrder } from '../../support/an-order.ts';

const START = new Date('2026-11-21T10:00:00Z');
const minute = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);
const nobody = { customerId: null, email: null, address: null, emailHash: null, addressHash: null };

interface Told {
  channel: Channel;
  price: string;
  /** The store's updated-at, and when it reached us, in minutes. */
  updated: number;
  received: number;
  /** When we asked the store, of what we read. */
  asked?: number;
}

function live(told: Told[]): Order {
  const parked = createParkedOrder({ merchantId: 'm', storeId: 's', externalId: '1001' }, 'order', START);
  return told.reduce((order, { channel, price, updated, received, asked }, index) => {
    const snapshot = { ...anOrder().placedAt(START).line({ price }).build(), updatedAt: minute(updated) };
    const buyer = { ...nobody, earlierOrders: null };
    const readAt = asked === undefined ? {} : { readAt: minute(asked) };
    const delivery = { kind: 'order' as const, snapshot, evidence: [], buyer, sequence: index, ...readAt };
    const key = `key-${index}`;
    const given = { merchantId: 'm', storeId: 's', channel, key, delivery, buyer: null };
    const outcome = applyDelivery(order, given, minute(received));
    return outcome.known ? order : outcome.order;
  }, parked);
}

const priceOf = (order: Order): bigint | undefined => order.versions.at(-1)?.snapshot.lines[0]?.listed;

describe("S6 a message and the store's own answer differ", () => {
  for (const channel of ['plugin', 'webhook'] as const) {
    const message = { channel, price: '50.00', updated: 5 };
    const read = { channel: 'store-api' as const, price: '20.00', updated: 5 };

    it(`at one updated-at the answer wins over the ${channel}, whichever came first`, () => {
      expect(
        priceOf(
          live([
            { ...message, received: 6 },
            { ...read, received: 7, asked: 7 },
          ]),
        ),
      ).to.equal(2_000n);
      expect(
        priceOf(
          live([
            { ...read, received: 6, asked: 6 },
            { ...message, received: 7 },
          ]),
        ),
      ).to.equal(2_000n);
    });

    it(`a ${channel} that comes after the answer and differs has the order read again, and once`, () => {
      const doubted = [
        { ...read, received: 6, asked: 6 },
        { ...message, received: 7 },
      ];
      expect(live(doubted)).to.include({ needsRead: true });
      const again = live([...doubted, { ...read, received: 9, asked: 8 }]);
      expect([again.needsRead, again.readRequest, priceOf(again)]).to.deep.equal([false, null, 2_000n]);
    });

    it(`an answer that was asked for before the ${channel} came does not meet its wish`, () => {
      const doubted = [
        { ...read, received: 6, asked: 6 },
        { ...message, received: 8 },
      ];
      expect(live([...doubted, { ...read, received: 9, asked: 7 }])).to.include({ needsRead: true });
    });

    it(`a ${channel} that says the same makes nobody read`, () => {
      const same = live([
        { ...read, received: 6, asked: 6 },
        { ...message, price: '20.00', received: 7 },
      ]);
      expect(same.needsRead).to.equal(undefined);
    });
  }

  it('what is newer by the updated-at wins, from either', () => {
    const read = { channel: 'store-api' as const, price: '20.00' };
    const told = { channel: 'plugin' as const, price: '50.00' };
    expect(
      priceOf(
        live([
          { ...read, updated: 5, received: 6 },
          { ...told, updated: 6, received: 7 },
        ]),
      ),
    ).to.equal(5_000n);
    expect(
      priceOf(
        live([
          { ...told, updated: 6, received: 6 },
          { ...read, updated: 5, received: 7 },
        ]),
      ),
    ).to.equal(5_000n);
    expect(
      priceOf(
        live([
          { ...told, updated: 6, received: 6 },
          { ...read, updated: 7, received: 8 },
        ]),
      ),
    ).to.equal(2_000n);
  });
});

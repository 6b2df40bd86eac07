import { expect } from 'chai';
import { pino } from 'pino';
import { createRecordInOrder, type RecordInOrder } from '../../../server/flow/ingest/record-in-order.ts';
import { createInboxStore } from '../../../server/flow/ingest/inbox.store.ts';
import { createOnDeliveryReceived } from '../../../server/flow/ingest/on-delivery-received.ts';
import { createOrderStore } from '../../../server/flow/ingest/order.store.ts';
import { createPrepareDelivery } from '../../../server/flow/ingest/prepare-delivery.ts';
import { createReceiveDelivery } from '../../../server/flow/ingest/receive-delivery.ts';
import { createDispatcher, type Receivers } from '../../../server/platform/jobs/index.ts';
import {
  connectMongo,
  createPendingEventStore,
  ensureIndexes,
  TooMuchWaiting,
  type Connection,
} from '../../../server/platform/mongo/index.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../server/shared/clock.ts';
import type { AcceptResult, Delivery } from '../../../server/shared/delivery.ts';
import { newId } from '../../../server/shared/ids.ts';
import { anOrder } from '../../support/an-order.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';

const START = new Date('2026-10-02T10:00:00Z');
const MERCHANT = 'merchant';
const SHOP = 'shop';

const named = (externalId: string, createdAt = START): Delivery => ({
  kind: 'order',
  snapshot: { ...anOrder().placedAt(createdAt).line({ price: '100.00' }).build(), externalId },
  evidence: [],
  buyer: { customerId: 'c-1', email: 'jane@buyers.example', address: null, emailHash: null, addressHash: null, earlierOrders: null },
  checkoutToken: 'token-of-the-checkout',
  sequence: 1,
}); // prettier-ignore

describe('the inbox of deliveries', () => {
  let database: TestDatabase;
  let connection: Connection;
  let now: Date;

  beforeEach(async () => {
    database = await startDatabase();
    connection = await connectMongo(database.uri);
    now = START;
  });
  afterEach(async () => {
    await connection.close();
    await database.stop();
  });

  /** The stage on a database; what is applied goes through `watch`, which may fail before anything is changed. */
  async function open(watch: (externalId: string) => unknown = () => undefined) {
    const base = { clock: () => now, newId };
    const inbox = createInboxStore(connection);
    const orders = createOrderStore(connection);
    await ensureIndexes(connection);
    const apply = createRecordInOrder({ ...base, orders, nudge: () => undefined });
    const recordInOrder: RecordInOrder = (prepared) => {
      const { delivery } = prepared;
      watch(delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId);
      return apply(prepared);
    };
    const onDeliveryReceived = createOnDeliveryReceived({ ...base, inbox, recordInOrder });
    const dispatcher = createDispatcher({
      stores: [createPendingEventStore(connection, 'inbox')],
      receivers: { 'delivery.received': [onDeliveryReceived] } as unknown as Receivers,
      inOrder: ['inbox'],
      clock: base.clock,
      log: pino({ level: 'silent' }),
    });
    const receiveDelivery = createReceiveDelivery({
      ...base,
      inbox,
      prepareDelivery: createPrepareDelivery({
        keyedHash: () => (value) => `hash of ${value.length}`,
        dayHashes: () => Promise.resolve([]),
      }),
      noteEvent: () => Promise.resolve(),
      nudge: () => undefined,
    });
    const receive = async (delivery: Delivery, key: string): Promise<AcceptResult> => {
      const shop = { merchantId: MERCHANT, storeId: SHOP, channel: 'plugin' } as const;
      return (await receiveDelivery({ ...shop, key, delivery })).kept;
    };
    return {
      inbox,
      receive,
      apply: () => dispatcher.idle(),
      order: (externalId: string) => orders.find({ merchantId: MERCHANT, storeId: SHOP, externalId }),
      waiting: () => connection.collection('inbox').countDocuments({ expiresAt: null }),
      documents: () => connection.collection('inbox').find().toArray(),
    };
  }

  describe('E6 a delivery that comes again', () => {
    it('is known while the first one waits, and after it was applied', async () => {
      const { receive, apply, order } = await open();
      expect(await receive(named('1'), 'k')).to.deep.equal({ status: 'accepted' });
      expect(await receive(named('1'), 'k')).to.deep.equal({ status: 'known' });
      await apply();
      expect(await receive(named('1'), 'k')).to.deep.equal({ status: 'known' });
      expect((await order('1'))?.deliveries).to.have.length(1);
    });

    it('at the same moment is accepted once', async () => {
      const { receive, apply, order, waiting } = await open();
      const told = await Promise.all(Array.from({ length: 20 }, () => receive(named('1'), 'k')));
      expect(told.filter(({ status }) => status === 'accepted')).to.have.length(1);
      expect(await waiting()).to.equal(1);
      await apply();
      expect((await order('1'))?.versions).to.have.length(1);
    });

    it('changes nothing when its name was forgotten meanwhile, because its order knows it', async () => {
      const { receive, apply, order } = await open();
      await receive(named('1'), 'k');
      await apply();
      const before = await order('1');
      await connection.collection('inbox').deleteMany({});
      expect(await receive(named('1'), 'k')).to.deep.equal({ status: 'accepted' });
      await apply();
      expect(await order('1')).to.deep.equal(before);
    });

    it('is another one from another store, or of another merchant', async () => {
      const { inbox, receive } = await open();
      await receive(named('1'), 'k');
      const stored = (await connection.collection('inbox').findOne({})) as unknown as { _id: string };
      const prepared = await inbox.findWaiting(MERCHANT, stored._id);
      const other = { _id: newId(), prepared: prepared as never, expiresAt: null, pendingEvents: [] };
      const place = { merchantId: MERCHANT, reference: 'other/k' };
      expect(await inbox.insert({ ...other, ...place })).to.equal('inserted');
      expect(
        await inbox.insert({ ...other, ...place, _id: newId(), merchantId: 'other', reference: `${SHOP}/k` }),
      ).to.equal('inserted');
    });
  });

  describe('S3 a delivery that waits while the clock goes on', () => {
    it('keeps the time of its receipt: the order was placed no later, and was known from then on', async () => {
      const { receive, apply, order } = await open();
      await receive(named('1', new Date(START.getTime() + 30 * MINUTE)), 'k');
      now = new Date(START.getTime() + HOUR);
      await apply();
      const found = await order('1');
      expect([found?.placedAt, found?.createdAt, found?.versions[0]?.acceptedAt, found?.evidenceAt]).to.deep.equal([START, START, START, START]); // prettier-ignore
    });
  });

  describe('a delivery that cannot be applied', () => {
    it('is tried again, and applied once', async () => {
      let tries = 0;
      const { receive, apply, order, waiting } = await open(() => {
        if ((tries += 1) <= 2) throw new Error('the database was away');
      });
      await receive(named('1'), 'k');
      for (const seconds of [0, 2, 5]) {
        now = new Date(START.getTime() + seconds * SECOND);
        await apply();
      }
      expect(tries).to.equal(3);
      expect((await order('1'))?.versions).to.have.length(1);
      expect(await waiting()).to.equal(0);
    });

    it('holds up nobody, and is never forgotten', async () => {
      const { receive, apply, order, waiting } = await open((id) => {
        if (id === 'poison') throw new Error('this one never works');
      });
      await receive(named('poison'), 'poison');
      for (const id of ['1', '2', '3']) await receive(named(id), id);
      await apply();
      for (const id of ['1', '2', '3']) expect((await order(id))?.versions, id).to.have.length(1);
      now = new Date(START.getTime() + 30 * DAY);
      await apply();
      expect(await waiting()).to.equal(1);
      expect(await order('poison')).to.equal(undefined);
    });
  });

  describe('deliveries that wait together', () => {
    it('are applied one after the other, as they came', async () => {
      const applied: string[] = [];
      const { receive, apply } = await open((id) => applied.push(id));
      const ids = Array.from({ length: 30 }, (_, index) => String(index));
      await Promise.all(ids.map((id) => receive(named(id), id)));
      await apply();
      expect(applied).to.deep.equal(ids);
    });
  });

  describe('more deliveries than may wait', () => {
    it('are refused at once, and every accepted one is there', async () => {
      const { receive, documents } = await open();
      const wish: Delivery = { kind: 'read-request', orderExternalId: '1', reason: 'it was refunded' };
      const told = await Promise.allSettled(
        Array.from({ length: 2_500 }, (_, index) => receive(wish, String(index))),
      );
      const refused = told.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(refused.length).to.be.within(1, 500);
      expect(refused.every(({ reason }) => reason instanceof TooMuchWaiting)).to.equal(true);
      expect(await documents()).to.have.length(2_500 - refused.length);
      expect(await receive(wish, 'afterwards')).to.deep.equal({ status: 'accepted' });
    });
  });

  describe('what lies in the inbox', () => {
    it('is the delivery without the buyer and the checkout, and afterwards its name alone for 14 days', async () => {
      const { inbox, receive, apply, documents } = await open();
      await receive(named('1'), 'k');
      const [stored] = (await documents()) as unknown as { _id: string; expiresAt: null }[];
      const waiting = await inbox.findWaiting(MERCHANT, stored?._id ?? '');
      expect(waiting?.delivery).to.have.property('kind', 'order');
      expect(waiting?.buyer?.email).to.equal('hash of 19');
      expect(JSON.stringify(waiting, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
        .to.not.contain('jane@')
        .and.not.contain('token-of-the-checkout');
      expect(stored?.expiresAt).to.equal(null);
      await apply();
      const [applied] = await documents();
      expect(applied).to.have.keys(['_id', 'merchantId', 'reference', 'expiresAt', 'pendingEvents']);
      expect(applied?.['expiresAt']).to.deep.equal(new Date(START.getTime() + 14 * DAY));
      expect(await inbox.findWaiting(MERCHANT, stored?._id ?? '')).to.equal(undefined);
    });

    it('is nothing of what is of no consequence', async () => {
      const { receive, documents } = await open();
      expect(await receive({ kind: 'nothing', reason: 'a draft' }, 'k')).to.deep.equal({
        status: 'ignored',
        reason: 'a draft',
      });
      expect(await documents()).to.deep.equal([]);
    });

    it('is applied exactly as it was received, to the last digit', async () => {
      const { receive, apply, order } = await open();
      const told = named('1') as Extract<Delivery, { kind: 'order' }>;
      const [line] = told.snapshot.lines;
      const listed = 9_007_199_254_740_993n / 10n;
      const snapshot = { ...told.snapshot, lines: [{ ...line!, listed }] };
      await receive({ ...told, snapshot }, 'k');
      await apply();
      expect((await order('1'))?.newest?.snapshot).to.deep.equal(snapshot);
    });
  });
});

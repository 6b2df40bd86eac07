import { expect } from 'chai';
import {
  createNotifications,
  type Mail,
  type NotificationsDeps,
  type Recipient,
} from '../../../server/flow/notifications/index.ts';
import type { Statement } from '../../../server/flow/statements/index.ts';
import {
  createMailTransport,
  DeliveryError,
  type MailTransport,
} from '../../../server/platform/mail/index.ts';
import {
  connectMongo,
  createPendingEventStore,
  ensureIndexes,
  type Connection,
} from '../../../server/platform/mongo/index.ts';
import { pendingEvent, type EventPayloads, type EventType } from '../../../server/shared/events.ts';
import { newId } from '../../../server/shared/ids.ts';
import { startSmtpSink, type SmtpSink } from '../../platform/mail/smtp-sink.ts';
import { anOrder } from '../../support/an-order.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';
import { Books } from '../../support/ledger-entries.ts';
import { stateFromOrThrow } from '../statements/a-statement.ts';

const ANNA: Recipient = { id: 'anna', name: 'Anna Berg', email: 'anna@partners.example' };
const order = (number: string) => anOrder(number).line({ price: '37.00' }).paid();
const books = new Books()
  .post('2026-09-03T10:00:00Z', order('1001').build())
  .post('2026-09-04T10:00:00Z', order('1002').build())
  .post('2026-09-05T10:00:00Z', order('1001').cancelled().build());
const statement: Statement = {
  ...stateFromOrThrow(books),
  _id: 's-1',
  number: 1,
  issuedAt: new Date('2026-10-02T00:00:00Z'),
};

describe('telling affiliates by mail', () => {
  let database: TestDatabase;
  let connection: Connection;
  let sink: SmtpSink;
  let smtp: MailTransport;
  let refusal: string | undefined;
  let now: Date;
  let merchantId: string;

  before(async () => {
    database = await startDatabase();
    connection = await connectMongo(database.uri);
    sink = await startSmtpSink({ refusal: () => refusal });
    smtp = createMailTransport({ smtpUrl: sink.url, from: 'refledger@shop.example' });
    start();
    await ensureIndexes(connection);
  });
  beforeEach(() => {
    refusal = undefined;
    sink.mails.length = 0;
    now = new Date('2026-09-05T10:00:01Z');
    merchantId = newId();
  });
  after(async () => {
    start().close();
    await sink.close();
    await connection.close();
    await database.stop();
  });

  function start(changes: Partial<NotificationsDeps> = {}) {
    connection.deleteModel(/^Mail$/);
    return createNotifications({
      connection,
      commissions: books.commissions as NotificationsDeps['commissions'],
      ledger: books.ledger as NotificationsDeps['ledger'],
      statements: { byId: () => Promise.resolve(statement) } as unknown as NotificationsDeps['statements'],
      affiliateById: () => Promise.resolve(ANNA),
      merchantById: () => Promise.resolve({ name: 'Teehaus', timeZone: 'Europe/Prague' }),
      transport: smtp,
      clock: () => now,
      newId,
      nudge: () => undefined,
      ...changes,
    });
  }

  const eventOf = <T extends EventType>(type: T, data: EventPayloads[T]) =>
    pendingEvent(type, merchantId, data, { id: newId(), now });
  const posted = (number: number) => {
    const { orderId, postingId, _id: entryId } = books.entries[number - 1]!;
    return eventOf('commission.posted', { orderId, postingId, entryId });
  };

  /** The events that wait in the mails of this test's merchant. */
  async function waiting() {
    const due = await createPendingEventStore(connection, 'mails').findDue(new Date('2027-01-01'), 1_000);
    return due
      .flatMap(({ pendingEvents }) => pendingEvents)
      .filter((event) => event.merchantId === merchantId);
  }

  /** Delivers every waiting mail once. */
  async function deliver(parts: ReturnType<typeof start>): Promise<void> {
    for (const { data } of await waiting()) {
      await parts.onMailQueued(eventOf('mail.queued', data as EventPayloads['mail.queued']));
    }
  }

  async function mailOf(parts: ReturnType<typeof start>, number: number): Promise<Mail> {
    const mail = await parts.mails.byReference(
      merchantId,
      `commission/${books.entries[number - 1]!.postingId}`,
    );
    if (!mail) throw new Error('there is no such mail');
    return mail;
  }

  describe('a new transaction', () => {
    it('reaches its affiliate as one mail, however often each event arrives', async () => {
      const parts = start();
      for (let times = 0; times < 3; times += 1) await parts.onCommissionPosted(posted(1));
      for (let times = 0; times < 3; times += 1) await deliver(parts);
      expect(sink.mails.map(({ subject }) => subject)).to.deep.equal(['You earned 7.40 EUR: order #1001']);
      expect(sink.mails[0]?.recipients).to.deep.equal(['anna@partners.example']);
    });

    it('reaches her as one mail when two processes hear of it at once', async () => {
      const parts = start();
      await Promise.all([1, 2, 3].map(() => parts.onCommissionPosted(posted(1))));
      expect(await waiting()).to.have.length(1);
    });

    it('is told in plain text and in HTML, with the balance right after it', async () => {
      const parts = start();
      for (const number of [1, 2, 3]) await parts.onCommissionPosted(posted(number));
      await deliver(parts);
      const bySubject = new Map(sink.mails.map((mail) => [mail.subject, mail]));
      const balances = {
        'You earned 7.40 EUR: order #1001': '7.40',
        'You earned 7.40 EUR: order #1002': '14.80',
        '7.40 EUR reversed: order #1001': '7.40',
      };
      expect([...bySubject.keys()]).to.have.members(Object.keys(balances));
      for (const [subject, balance] of Object.entries(balances)) {
        const mail = bySubject.get(subject);
        expect(mail?.source).to.match(/^Content-Type: multipart\/alternative;/m);
        expect(mail?.text).to.include(`New balance   ${balance} EUR`);
        expect(mail?.html).to.include(`${balance} EUR`);
      }
    });

    it('comes from the shop and keeps its Message-ID', async () => {
      const parts = start();
      await parts.onCommissionPosted(posted(1));
      await deliver(parts);
      const { _id } = await mailOf(parts, 1);
      expect(sink.mails[0]?.from?.name).to.equal('Teehaus');
      expect(sink.mails[0]?.messageId).to.equal(`<${_id}@shop.example>`);
    });

    it('is not mailed to an affiliate who is no longer there', async () => {
      await start({ affiliateById: () => Promise.resolve(undefined) }).onCommissionPosted(posted(1));
      expect(await waiting()).to.deep.equal([]);
    });

    it('is tried again when its posting cannot be read yet', async () => {
      const lost = eventOf('commission.posted', { orderId: 'order-1001', postingId: 'lost', entryId: 'e' });
      const failure = await start()
        .onCommissionPosted(lost)
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
    });
  });

  describe('a statement', () => {
    it('reaches its affiliate as one mail, however often its event arrives', async () => {
      const parts = start();
      const issued = eventOf('statement.issued', { statementId: 's-1' });
      for (let times = 0; times < 3; times += 1) await parts.onStatementIssued(issued);
      await deliver(parts);
      expect(sink.mails.map(({ subject }) => subject)).to.deep.equal([
        'Teehaus: your September 2026 statement, 7.40 EUR',
      ]);
      expect(sink.mails[0]?.text).to.include('Closing balance     7.40');
      expect(sink.mails[0]?.html).to.include('Closing balance');
    });
  });

  describe('a mail that the server does not take', () => {
    it('for good, is marked failed with the reason and left alone', async () => {
      const parts = start();
      await parts.onCommissionPosted(posted(1));
      refusal = '550 5.1.1 no such user';
      await deliver(parts);
      refusal = undefined;
      await deliver(parts);
      expect(await mailOf(parts, 1)).to.deep.include({ state: 'failed', attempts: 1 });
      expect((await mailOf(parts, 1)).failure).to.include('550 5.1.1 no such user');
      expect(sink.mails).to.have.length(0);
    });

    it('today, stays queued with the reason, and goes out later', async () => {
      const parts = start();
      await parts.onCommissionPosted(posted(1));
      refusal = '451 4.7.1 try later';
      const failure = await deliver(parts).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(DeliveryError);
      expect(await mailOf(parts, 1)).to.deep.include({ state: 'queued', attempts: 1, sentAt: null });
      expect((await mailOf(parts, 1)).failure).to.include('451');
      refusal = undefined;
      await deliver(parts);
      expect(await mailOf(parts, 1)).to.deep.include({
        state: 'sent',
        attempts: 2,
        failure: null,
        sentAt: now,
      });
      expect(sink.mails).to.have.length(1);
    });

    it('for five days, is given up', async () => {
      const parts = start();
      await parts.onCommissionPosted(posted(1));
      refusal = '451 4.7.1 try later';
      now = new Date('2026-09-10T10:00:02Z');
      await deliver(parts);
      expect(await mailOf(parts, 1)).to.deep.include({ state: 'failed' });
    });
  });

  describe('a mail that one process is sending', () => {
    it('is not sent by another at the same time, and goes out when the first died', async () => {
      const parts = start({
        transport: { send: () => new Promise(() => undefined), close: () => undefined },
      });
      await parts.onCommissionPosted(posted(1));
      void deliver(parts);
      const sending = await until(async () => {
        const mail = await mailOf(parts, 1);
        return mail.leaseUntil === null ? undefined : mail;
      });
      const other = start();
      const failure = await deliver(other).catch((error: unknown) => error);
      expect((failure as Error).message).to.include('by another process');
      expect(sink.mails).to.have.length(0);
      now = sending.leaseUntil ?? now;
      await deliver(other);
      expect(sink.mails).to.have.length(1);
    });
  });

  it('keeps no recipient in what a failed attempt throws, because that is logged', async () => {
    const parts = start();
    await parts.onCommissionPosted(posted(1));
    refusal = '451 4.7.1 greylisted anna@partners.example';
    const failure = (await deliver(parts).catch((error: unknown) => error)) as Error;
    expect(failure.stack + JSON.stringify({ ...failure })).to.not.include('anna@');
  });
});

async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
}

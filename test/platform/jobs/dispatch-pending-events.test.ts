import { expect } from 'chai';
import { pino } from 'pino';
import { createDispatcher, type Receivers } from '../../../server/platform/jobs/index.ts';
import type { PendingEventStore } from '../../../server/platform/mongo/index.ts';
import { pendingEvent, type EventType, type PendingEvent } from '../../../server/shared/events.ts';

const START = new Date('2026-10-01T00:00:00Z');

function memoryStore(
  name: string,
  documents: { _id: string; pendingEvents: PendingEvent[] }[],
): PendingEventStore {
  const eventsOf = (id: string) => documents.find(({ _id }) => _id === id)?.pendingEvents ?? [];
  return {
    name,
    findDue: (moment, limit) =>
      Promise.resolve(
        structuredClone(
          documents
            .filter(({ pendingEvents }) => pendingEvents.some(({ at }) => at <= moment))
            .slice(0, limit),
        ),
      ),
    remove(documentId, eventId) {
      const events = eventsOf(documentId);
      events.splice(
        events.findIndex(({ id }) => id === eventId),
        1,
      );
      return Promise.resolve();
    },
    postpone(documentId, eventId, until) {
      const event = eventsOf(documentId).find(({ id }) => id === eventId);
      if (event) Object.assign(event, { at: until, attempts: event.attempts + 1 });
      return Promise.resolve();
    },
  };
}

function anEvent(id: string): PendingEvent {
  return pendingEvent('order.accepted', 'm', { orderId: id }, { id, now: START });
}

function start(receive: (event: PendingEvent) => Promise<void>, events: PendingEvent[]) {
  let now = START;
  const nobody = (): Promise<void> => Promise.resolve();
  const types: EventType[] = [
    'order.accepted',
    'attribution.decided',
    'commission.computed',
    'commission.posted',
    'statement.issued',
    'mail.queued',
  ];
  const receivers = Object.fromEntries(
    types.map((type) => [type, [type === 'order.accepted' ? receive : nobody]]),
  ) as unknown as Receivers;
  const documents = [{ _id: 'document', pendingEvents: events }];
  const dispatcher = createDispatcher({
    stores: [memoryStore('orders', documents)],
    receivers,
    clock: () => now,
    log: pino({ level: 'silent' }),
  });
  return {
    dispatcher,
    waiting: () => documents[0]?.pendingEvents ?? [],
    wait: (seconds: number) => (now = new Date(now.getTime() + seconds * 1000)),
  };
}

describe('an event that a stage left', () => {
  it('is delivered and then removed', async () => {
    const received: string[] = [];
    const { dispatcher, waiting } = start(
      async ({ id }) => void received.push(id),
      [anEvent('a'), anEvent('b')],
    );
    await dispatcher.idle();
    expect(received).to.deep.equal(['a', 'b']);
    expect(waiting()).to.deep.equal([]);
  });

  it('stays while its receiver fails, and is delivered again after a wait that grows', async () => {
    let calls = 0;
    const { dispatcher, waiting, wait } = start(() => {
      calls += 1;
      return calls < 3 ? Promise.reject(new Error('the database is away')) : Promise.resolve();
    }, [anEvent('a')]);
    await dispatcher.idle();
    expect([calls, waiting()[0]?.at]).to.deep.equal([1, new Date(START.getTime() + 1000)]);
    await dispatcher.idle();
    expect(calls, 'not before its time').to.equal(1);
    wait(1);
    await dispatcher.idle();
    expect([calls, waiting()[0]?.attempts]).to.deep.equal([2, 2]);
    wait(2);
    await dispatcher.idle();
    expect([calls, waiting()]).to.deep.equal([3, []]);
  });

  it('does not hold up the one behind it when its receiver fails', async () => {
    const received: string[] = [];
    const { dispatcher } = start(
      ({ id }) => {
        received.push(id);
        return id === 'bad' ? Promise.reject(new Error('never')) : Promise.resolve();
      },
      [anEvent('bad'), anEvent('good')],
    );
    await dispatcher.idle();
    expect(received).to.deep.equal(['bad', 'good']);
  });

  it('is not started any more once the dispatcher stops', async () => {
    const received: string[] = [];
    const { dispatcher, waiting } = start(async ({ id }) => void received.push(id), [anEvent('a')]);
    await dispatcher.stop();
    dispatcher.nudge('orders');
    await dispatcher.idle();
    expect([received, waiting()].map(({ length }) => length)).to.deep.equal([0, 1]);
  });
});

describe('a receiver that hangs', () => {
  it('holds up neither the events of another collection nor the end of the server', async () => {
    const nobody = (): Promise<void> => Promise.resolve();
    const received: string[] = [];
    const hanging = Array.from({ length: 40 }, (_, index) => ({
      _id: `mail-${index}`,
      pendingEvents: [
        pendingEvent('mail.queued', 'm', { mailId: `${index}` }, { id: `m${index}`, now: START }),
      ],
    }));
    let started = 0;
    let release: () => void = () => undefined;
    const hang = new Promise<void>((resolve) => (release = resolve));
    const receivers = {
      'order.accepted': [async ({ id }: PendingEvent) => void received.push(id)],
      'mail.queued': [
        () => {
          started += 1;
          return hang;
        },
      ],
      'attribution.decided': [nobody],
      'commission.computed': [nobody],
      'commission.posted': [nobody],
      'statement.issued': [nobody],
    } as unknown as Receivers;
    const dispatcher = createDispatcher({
      stores: [
        memoryStore('mails', hanging),
        memoryStore('orders', [{ _id: 'order', pendingEvents: [anEvent('a')] }]),
      ],
      receivers,
      clock: () => START,
      log: pino({ level: 'silent' }),
      concurrency: 4,
    });
    dispatcher.nudge('mails');
    dispatcher.nudge('orders');
    while (received.length === 0 || started < 4) await new Promise((resolve) => setImmediate(resolve));
    const stopped = dispatcher.stop();
    release();
    await stopped;
    expect([received, started]).to.deep.equal([['a'], 4]);
  });
});

import type { z } from 'zod';
import type { ReceiveDelivery } from '../../shared/delivery.ts';
import { DomainError } from '../../shared/errors.ts';
import { contentHash } from '../../shared/hash.ts';
import type { KeyedHash } from './hash-buyer.ts';
import { hashCustomer } from './hash-customer.ts';
import { signedBatch, signedEvent, type SignedEvent } from './signed-event.schema.ts';
import { translateSignedEvent } from './translate-signed-event.ts';

/** An id that cannot be read is still named, but not without limit. */
const LONGEST_ID = 128;

/** What became of one event of a batch (api: hooks/v1/events). Only `rejected` goes to the dead letters. */
export interface EventResult {
  eventId: string;
  status: 'accepted' | 'known' | 'rejected';
  /** Why it was rejected, for the shop's log. */
  code?: string;
  message?: string;
}

export interface AcceptEventDeps {
  receiveDelivery: ReceiveDelivery;
  /** Durably leaves word that a coupon was changed or deleted in the shop; of others' coupons nothing. */
  noteTouchedCoupon: (
    store: { merchantId: string; storeId: string },
    coupon: { id: string; code?: string },
  ) => Promise<void>;
  keyedHash: (merchantId: string) => KeyedHash;
  /** Durably keeps that a buyer asked a shop to be forgotten; the same event again changes nothing. */
  requestErasure: (asked: {
    merchantId: string;
    storeId: string;
    eventId: string;
    requestedAt: Date;
    buyer: { customer: string | null; email: string | null };
  }) => Promise<void>;
}

/**
 * Accepts each event of a batch by itself, so that one bad event never holds up or kills the others.
 * @throws DomainError `invalid-input` when the envelope cannot be read; a database error passes through,
 * because the sender must send the whole batch again.
 */
export function createAcceptEventBatch(deps: AcceptEventDeps) {
  return async (store: { merchantId: string; storeId: string }, body: unknown): Promise<EventResult[]> => {
    const batch = signedBatch.safeParse(body);
    if (!batch.success) {
      throw new DomainError(
        'invalid-input',
        'The batch cannot be read.',
        'Send { "events": [ ... ] } with 1 to 50 events.',
        batch.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      );
    }
    // In their order, and without waiting in between, so that they become durable together.
    const handled: HandledEvent[] = [];
    for (const raw of batch.data.events) handled.push(await acceptEvent(store, raw, deps));
    return Promise.all(handled.map(({ result }) => result));
  };
}

/** An event that was rejected, or stands in line to be kept. */
interface HandledEvent {
  result: Promise<EventResult>;
}

async function acceptEvent(
  store: { merchantId: string; storeId: string },
  raw: unknown,
  deps: AcceptEventDeps,
): Promise<HandledEvent> {
  const parsed = signedEvent.safeParse(raw);
  if (!parsed.success) return reject(readEventId(raw), describeIssues(parsed.error));
  const event = parsed.data;
  try {
    const delivery = translateSignedEvent(event);
    await keepWhatIsNoOrder(store, event, deps);
    const { kept } = await deps.receiveDelivery({ ...store, channel: 'plugin', key: keyOf(event), delivery });
    const result = kept.then(({ status }): EventResult => {
      return { eventId: event.eventId, status: status === 'known' ? 'known' : 'accepted' };
    });
    // All are awaited together; until then nobody listens.
    result.catch(() => undefined);
    return { result };
  } catch (error) {
    if (error instanceof RangeError || (error instanceof DomainError && error.code === 'invalid-input')) {
      return reject(event.eventId, error.message);
    }
    throw error;
  }
}

/** What is not for an order is durable before the event is called accepted. */
async function keepWhatIsNoOrder(
  store: { merchantId: string; storeId: string },
  event: SignedEvent,
  { noteTouchedCoupon, keyedHash, requestErasure }: AcceptEventDeps,
): Promise<void> {
  if (event.type === 'coupon.changed') await noteTouchedCoupon(store, event.coupon);
  if (event.type === 'coupon.removed') await noteTouchedCoupon(store, { id: event.couponId });
  if (event.type !== 'customer.erased') return;
  const { eventId, occurredAt: requestedAt, customer } = event;
  const { id, emailHash: email = null } = customer;
  const hashed = id ? hashCustomer(id, store.storeId, keyedHash(store.merchantId)) : null;
  await requestErasure({ ...store, eventId, requestedAt, buyer: { customer: hashed, email } });
}

/**
 * Made from the signed body: the order, its sequence, and what it says. A sequence that comes again with other
 * content (a restored shop, a simple script) is another fact, which the order of versions judges. The schema
 * gives the members of what it read one order, so that plain JSON of it is the same for the same order.
 */
function keyOf(event: SignedEvent): string {
  switch (event.type) {
    case 'order.upsert':
      return `event/${event.order.id}/${event.sequence}/${contentHash(Buffer.from(JSON.stringify(event.order)))}`;
    case 'order.removed':
      return `event/${event.orderId}/${event.sequence}`;
    case 'coupon.changed':
    case 'coupon.removed':
      return `coupon/${event.eventId}`;
    case 'customer.erased':
      return `erased/${event.eventId}`;
    case 'plugin.heartbeat':
      return `heartbeat/${event.eventId}`;
  }
}

function reject(eventId: string, message: string): HandledEvent {
  return { result: Promise.resolve({ eventId, status: 'rejected', code: 'invalid-input', message }) };
}

function readEventId(raw: unknown): string {
  const id = typeof raw === 'object' && raw !== null && 'eventId' in raw ? raw.eventId : undefined;
  return typeof id === 'string' ? id.slice(0, LONGEST_ID) : '';
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`)
    .join('; ');
}

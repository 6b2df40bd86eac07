import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import { createAcceptEventBatch } from './accept-event-batch.ts';
import type { KeyedHash } from './hash-buyer.ts';
import { createClickDayStore } from './clicks/click-day.store.ts';
import { createCountClicks } from './clicks/count-clicks.ts';
import { createInboxStore } from './inbox.store.ts';
import { createOnDeliveryReceived } from './on-delivery-received.ts';
import { createOrderStore } from './order.store.ts';
import { createReceiveDelivery } from './receive-delivery.ts';
import { createVisitLimit } from './touches/limit-visits.ts';
import { createRecordTouch } from './touches/record-touch.ts';
import type { StorefrontDirectory } from './touches/storefront-directory.ts';
import { createTouchStore } from './touches/touch.store.ts';

export interface IngestDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  keyedHash: (merchantId: string) => KeyedHash;
  dayHashes: (merchantId: string, moment: Date) => Promise<DayHash[]>;
  hashIp: (merchantId: string, ip: string, at: Date) => Promise<string>;
  storefront: StorefrontDirectory;
  /** Notes that a store told something, for its health. */
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'inbox' | 'orders') => void;
}

/** Wires the ingest stage. */
export function createIngest(deps: IngestDeps) {
  const orders = createOrderStore(deps.connection);
  const touches = createTouchStore(deps.connection);
  const clickDays = createClickDayStore(deps.connection, deps.newId);
  const inbox = createInboxStore(deps.connection);
  const receiveDelivery = createReceiveDelivery({ ...deps, inbox });
  return {
    orders,
    touches,
    clickDays,
    countClicks: createCountClicks({ ...deps, touches, clickDays }),
    storefront: deps.storefront,
    limitVisits: createVisitLimit(),
    receiveDelivery,
    acceptEventBatch: createAcceptEventBatch(receiveDelivery),
    onDeliveryReceived: createOnDeliveryReceived({ ...deps, inbox, orders }),
    /** Resolves when nothing that was received waits to be durable. */
    drain: inbox.drain,
    recordTouch: createRecordTouch({ ...deps, touches, directory: deps.storefront }),
  };
}

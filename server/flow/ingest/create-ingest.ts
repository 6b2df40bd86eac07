import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import type { StoreConnection } from '../../shared/store-connection.ts';
import { createAcceptEventBatch, type AcceptEventDeps } from './accept-event-batch.ts';
import { createAcceptDelivery } from './accept-delivery.ts';
import { createForesee } from './create-foresee.ts';
import { createRecordInOrder } from './record-in-order.ts';
import { createJoinMatches } from './matches/join-matches.ts';
import { createMatchStore } from './matches/match.store.ts';
import { createOnOrderAccepted } from './matches/on-order-accepted.ts';
import { createRecordMatch } from './matches/record-match.ts';
import type { KeyedHash } from './hash-buyer.ts';
import { createClickDayStore } from './clicks/click-day.store.ts';
import { createCountClicks } from './clicks/count-clicks.ts';
import { createConfirmConversion } from './conversions/confirm-conversion.ts';
import { createRecordConversion } from './conversions/record-conversion.ts';
import { createRecordPixelConversion } from './conversions/record-pixel-conversion.ts';
import { createInboxStore } from './inbox.store.ts';
import { createOnDeliveryReceived } from './on-delivery-received.ts';
import { createOrderStore } from './order.store.ts';
import { createPrepareDelivery } from './prepare-delivery.ts';
import { createReceiveDelivery } from './receive-delivery.ts';
import { CONVERSIONS_PER_MINUTE, createVisitLimit } from './touches/limit-visits.ts';
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
  findStore: { byId(storeId: string): Promise<StoreConnection | undefined> };
  /** Notes that a store told something, for its health. */
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  noteTouchedCoupon: AcceptEventDeps['noteTouchedCoupon'];
  requestErasure: AcceptEventDeps['requestErasure'];
  nudge: (collection: 'inbox' | 'orders') => void;
  /** Resolves at once in quiet times, else after so many milliseconds. */
  rest: (milliseconds: number) => Promise<void>;
}

/** Wires the ingest stage. */
export function createIngest(deps: IngestDeps) {
  const orders = createOrderStore(deps.connection);
  const touches = createTouchStore(deps.connection);
  const clickDays = createClickDayStore(deps.connection, deps.newId);
  const matches = createMatchStore(deps.connection);
  const joinMatches = createJoinMatches({ ...deps, orders, matches });
  const inbox = createInboxStore(deps.connection);
  const prepareDelivery = createPrepareDelivery(deps);
  const recordInOrder = createRecordInOrder({ ...deps, orders });
  const acceptDelivery = createAcceptDelivery({ ...deps, prepareDelivery, recordInOrder });
  const receiveDelivery = createReceiveDelivery({ ...deps, prepareDelivery, inbox });
  return {
    orders,
    touches,
    clickDays,
    countClicks: createCountClicks({ ...deps, touches, clickDays }),
    storefront: deps.storefront,
    limitVisits: createVisitLimit(),
    receiveDelivery,
    isInboxFull: inbox.isFull,
    acceptEventBatch: createAcceptEventBatch({ ...deps, receiveDelivery }),
    onDeliveryReceived: createOnDeliveryReceived({ ...deps, inbox, recordInOrder }),
    /** Resolves when nothing that was received waits to be durable, answered at once or not. */
    async drain() {
      await Promise.all([inbox.drain(), touches.drain()]);
    },
    recordTouch: createRecordTouch({ ...deps, touches, directory: deps.storefront }),
    recordMatch: createRecordMatch({ ...deps, matches, joinMatches }),
    onOrderAccepted: createOnOrderAccepted({ orders, joinMatches }),
    foreseeDelivery: createForesee({ ...deps, orders, prepareDelivery }),
    limitConversions: createVisitLimit(CONVERSIONS_PER_MINUTE),
    recordConversion: createRecordConversion({ ...deps, orders, acceptDelivery }),
    recordPixelConversion: createRecordPixelConversion({ ...deps, orders, acceptDelivery }),
    confirmConversion: createConfirmConversion({ ...deps, orders }),
  };
}

import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import { createAcceptEventBatch } from './accept-event-batch.ts';
import { createAcceptDelivery } from './accept-delivery.ts';
import type { KeyedHash } from './hash-buyer.ts';
import { createVisitLimit } from './limit-visits.ts';
import { createOrderStore } from './order.store.ts';
import { createRecordTouch, type OwnerOfCode, type OwnerOfCoupon, type SettingsAt } from './record-touch.ts';
import { createTouchStore } from './touch.store.ts';

export interface IngestDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  keyedHash: (merchantId: string) => KeyedHash;
  dayHashes: (merchantId: string, moment: Date) => Promise<DayHash[]>;
  ownerOfCode: OwnerOfCode;
  ownerOfCoupon: OwnerOfCoupon;
  settingsAt: SettingsAt;
  /** Notes that a store told something, for its health. */
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'orders') => void;
}

/** Wires the ingest stage. */
export function createIngest(deps: IngestDeps) {
  const orders = createOrderStore(deps.connection);
  const touches = createTouchStore(deps.connection);
  const acceptDelivery = createAcceptDelivery({ ...deps, orders });
  return {
    orders,
    touches,
    limitVisits: createVisitLimit(),
    acceptDelivery,
    acceptEventBatch: createAcceptEventBatch(acceptDelivery),
    recordTouch: createRecordTouch({ ...deps, touches }),
  };
}

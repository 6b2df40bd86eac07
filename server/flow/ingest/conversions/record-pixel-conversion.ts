import type { Clock } from '../../../shared/clock.ts';
import type { AcceptDelivery } from '../../../shared/delivery.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';
import type { OrderStore } from '../order.store.ts';
import type { PixelConversion } from './conversion.schema.ts';
import { nameConversion, translateConversion } from './translate-conversion.ts';
import { requireCustomStore } from './require-custom-store.ts';

export interface RecordPixelConversionDeps {
  orders: Pick<OrderStore, 'find'>;
  acceptDelivery: AcceptDelivery;
  clock: Clock;
}

/**
 * Records what a page says that a visitor bought or asked for. Anybody can say so: it is pending until the merchant
 * confirms it, and only the first thing that is ever told of an order, because every other channel knows better.
 * @throws DomainError `impossible` for a shop whose plugin tells its orders.
 */
export function createRecordPixelConversion({ orders, acceptDelivery, clock }: RecordPixelConversionDeps) {
  return async (store: StoreConnection, told: PixelConversion): Promise<void> => {
    requireCustomStore(store);
    const { merchantId, id: storeId } = store;
    const externalId = nameConversion(told);
    if (await orders.find({ merchantId, storeId, externalId })) return;
    const now = clock();
    const delivery = translateConversion(told, { createdAt: now, updatedAt: now, carrier: 'pixel' });
    await acceptDelivery({ merchantId, storeId, channel: 'pixel', key: `pixel/${externalId}`, delivery });
  };
}

import type { Clock } from '../../../shared/clock.ts';
import type { AcceptDelivery } from '../../../shared/delivery.ts';
import { DomainError, notFound } from '../../../shared/errors.ts';
import { contentHash } from '../../../shared/hash.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';
import type { Order } from '../order.model.ts';
import type { OrderStore } from '../order.store.ts';
import type { NewConversion } from './conversion.schema.ts';
import { nameConversion, translateConversion } from './translate-conversion.ts';
import { requireCustomStore } from './require-custom-store.ts';

export interface RecordConversionDeps {
  orders: Pick<OrderStore, 'find'>;
  acceptDelivery: AcceptDelivery;
  findStore: { byId(storeId: string): Promise<StoreConnection | undefined> };
  clock: Clock;
}

/**
 * Records a conversion that a program of the merchant tells, or a correction of it, as an order of a store without
 * a plugin. It is pending until it is told to be paid; the same again changes nothing.
 * @returns the order as it stands then
 * @throws DomainError `not-found` for the store, `impossible` for one whose plugin tells its orders, `conflict` for
 * another statement about a known conversion that does not say which of the two is newer.
 */
export function createRecordConversion({ orders, acceptDelivery, findStore, clock }: RecordConversionDeps) {
  return async (merchantId: string, { storeId, ...told }: NewConversion): Promise<Order> => {
    const store = await findStore.byId(storeId);
    if (store?.merchantId !== merchantId) throw notFound('The store');
    requireCustomStore(store);
    const place = { merchantId, storeId, externalId: nameConversion(told) };
    const key = `conversion/${place.externalId}/${contentHash(told)}`;
    const known = await orders.find(place);
    if (known?.deliveries.some((delivery) => delivery.key === key)) return known;
    const newest = known?.newest?.position.channel === 'pixel' ? null : known?.newest;
    if (newest && told.sequence === undefined && told.updatedAt === undefined) throw knownOtherwise();
    const createdAt = told.occurredAt ?? newest?.snapshot.createdAt ?? clock();
    const moments = { createdAt, updatedAt: told.updatedAt ?? createdAt };
    const delivery = translateConversion(told, { ...moments, carrier: 'API' });
    await acceptDelivery({ merchantId, storeId, channel: 'api', key, delivery });
    const order = await orders.find(place);
    if (!order) throw notFound('The conversion');
    return order;
  };
}

function knownOtherwise(): DomainError {
  return new DomainError(
    'conflict',
    'This conversion was told before, and otherwise.',
    'To correct it, send its whole state with a higher `sequence` or a later `updatedAt`.',
  );
}

import { nameDelivery } from '../../../shared/name-delivery.ts';
import { DomainError } from '../../../shared/errors.ts';
import type { Delivery, ReceiveDelivery } from '../../../shared/delivery.ts';
import type { ForeseeDelivery, Foresight, OrderToRead, StoreRef } from '../../../shared/store-orders.ts';
import type { Clock } from '../../../shared/clock.ts';
import { WooError } from '../rest/woo-error.ts';
import type { Ask } from './ask-again.ts';
import { readOrder } from './read-order.ts';

/** What became of an order that was read. `gone`: the store deleted it for good. */
export type Brought =
  | { kind: 'order'; foresight: Foresight; refundIds: string[]; decimals: number; trashed: boolean }
  | { kind: 'gone'; foresight: Foresight }
  | { kind: 'draft' }
  /** It cannot be understood; the order is marked to be read again. `reason`: in words, without data of it. */
  | { kind: 'unreadable'; reason: string };

export interface BringDeps {
  receiveDelivery: ReceiveDelivery;
  foreseeDelivery: ForeseeDelivery;
  clock: Clock;
}

/** An order that the list of a shop told. */
export interface Listed {
  id: number;
  body: unknown;
  decimals: number;
}

const GONE = 'woocommerce_rest_shop_order_invalid_id';

/** Brings orders of one store the way that its messages go: through the inbox, as what its API told (S6). */
export function createBringOrder(deps: BringDeps, ask: Ask, store: StoreRef) {
  const { receiveDelivery, foreseeDelivery, clock } = deps;

  async function take(key: string, delivery: Delivery): Promise<Foresight> {
    const received = { ...store, channel: 'store-api' as const, key, delivery };
    const foresight = await foreseeDelivery(received);
    const { kept } = await receiveDelivery(received);
    await kept;
    return foresight;
  }

  async function bringListed({ id, body, decimals }: Listed, mark = ''): Promise<Brought> {
    try {
      const read = await readOrder(ask, body, decimals, clock());
      const { delivery, bytes, refundIds } = read;
      if (delivery.kind !== 'order') return { kind: 'draft' };
      const foresight = await take(nameDelivery(delivery, bytes, clock()) + mark, delivery);
      const trashed = delivery.snapshot.removed;
      return { kind: 'order', foresight, refundIds, decimals: read.decimals, trashed };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const reason = error.message;
      const wish: Delivery = { kind: 'read-request', orderExternalId: String(id), reason };
      await take(`read-request:${id}:unreadable`, wish);
      return { kind: 'unreadable', reason };
    }
  }

  return {
    bringListed,
    /** Reads one order by its id. Its request, if there is one, is met even when the store says nothing new. */
    async bringKnown(order: Pick<OrderToRead, 'externalId' | 'updatedAt' | 'requestedAt'>, decimals: number) {
      const { externalId, updatedAt, requestedAt } = order;
      const body = await findOrder(ask, externalId, decimals);
      const mark = requestedAt ? `:${requestedAt.toISOString()}` : '';
      if (body !== undefined) return bringListed({ id: parseInt(externalId, 10), body, decimals }, mark);
      // The shop's clock may be ahead of ours: a deletion is newer than all that was known.
      const at = new Date(Math.max(clock().getTime(), updatedAt.getTime()));
      const key = `removal:${externalId}:gone:${updatedAt.toISOString()}`;
      const removal = {
        kind: 'removal' as const,
        orderExternalId: externalId,
        updatedAt: at,
        sequence: null,
      };
      return { kind: 'gone' as const, foresight: await take(key, removal) };
    },
  };
}

export type BringOrder = ReturnType<typeof createBringOrder>;

/** Undefined only when WooCommerce itself says that there is no such order: a shop without routes is no proof. */
async function findOrder(ask: Ask, id: string, dp: number): Promise<unknown> {
  try {
    return (await ask(`orders/${id}`, { dp })).body;
  } catch (error) {
    if (error instanceof WooError && error.code === 'not-found' && error.wooCode === GONE) return undefined;
    throw error;
  }
}

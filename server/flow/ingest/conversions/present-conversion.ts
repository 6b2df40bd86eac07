import { z } from 'zod';
import { moment, money } from '../../../platform/http/index.ts';
import { sum } from '../../../shared/money.ts';
import type { Order } from '../order.model.ts';
import { CONVERSION_KINDS } from './conversion.schema.ts';

export const conversionSchema = z
  .object({
    id: z.string().meta({ description: 'Of its order, as in /api/v1/orders' }),
    storeId: z.string(),
    kind: z.enum(CONVERSION_KINDS),
    externalId: z.string(),
    amount: money.meta({ description: 'A lead is of the currency XXX (none) unless it names one' }),
    state: z
      .enum(['pending', 'confirmed', 'cancelled'])
      .meta({ description: 'pending: nothing of it is ever paid before you confirm it' }),
    toldBy: z.enum(['api', 'pixel', 'store']).meta({ description: 'Whose word holds now' }),
    versions: z.int(),
    placedAt: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Conversion' });

/** A conversion as it stands, without the buyer. */
export function presentConversion(order: Order): z.input<typeof conversionSchema> {
  const { _id: id, storeId, placedAt, createdAt, versions, newest } = order;
  const snapshot = versions.at(-1)?.snapshot;
  const channel = newest?.position.channel;
  const dead = snapshot?.cancelled || snapshot?.removed;
  return {
    id,
    storeId,
    kind: snapshot?.kind ?? 'sale',
    externalId: snapshot?.number ?? order.externalId,
    amount: {
      amount: sum((snapshot?.lines ?? []).map(({ listed, discount }) => listed - discount)),
      currency: snapshot?.currency ?? 'XXX',
    },
    state: dead ? 'cancelled' : snapshot?.payment === 'paid' ? 'confirmed' : 'pending',
    toldBy: channel === 'api' || channel === 'pixel' ? channel : 'store',
    versions: versions.length,
    placedAt,
    createdAt,
  };
}

import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Match } from './match.ts';
import { defineMatchModel } from './match.model.ts';

/** More than a checkout has steps; a page that repeats itself must not make its order expensive. */
const MOST_MATCHES = 10;

/** Which checkout of which store. */
export type CheckoutRef = Pick<Match, 'merchantId' | 'storeId' | 'checkoutHash'>;

export type MatchStore = ReturnType<typeof createMatchStore>;

export function createMatchStore(connection: Connection) {
  const matches = defineMatchModel(connection);
  return {
    /** Does nothing when the same was told before. */
    async insert(match: Match): Promise<void> {
      try {
        await matches.create(match);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    /** The first that were told of a checkout. */
    ofCheckout: ({ merchantId, storeId, checkoutHash }: CheckoutRef): Promise<Match[]> =>
      matches
        .find({ merchantId, storeId, checkoutHash })
        .sort({ at: 1, _id: 1 })
        .limit(MOST_MATCHES)
        .lean<Match[]>(),
  };
}

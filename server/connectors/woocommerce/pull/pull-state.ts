import type { PlacedPosition } from '../../../shared/store-orders.ts';

/** How far the reading of one store has come. Each mark moves only after all before it is durable. */
export interface PullState {
  /** The store's id. */
  id: string;
  merchantId: string;
  /** Counts the writes: who decided on an older one has been overtaken. */
  revision: number;
  /** Decimals of the currency that the shop's orders mostly have. */
  decimals: number;
  /** The store's own dates of what was read last; null: nothing yet. */
  marks: { any: Date | null; trash: Date | null; refunds: Date | null };
  /** Where the reading again of held orders stands; null: at its beginning. */
  again: PlacedPosition | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Why the last run did not end, and until when the store is left alone. */
  failure: { at: Date; code: string; message: string; count: number; notBefore: Date } | null;
}

export function newPullState(merchantId: string, id: string): PullState {
  return {
    id,
    merchantId,
    revision: 0,
    decimals: 2,
    marks: { any: null, trash: null, refunds: null },
    again: null,
    startedAt: null,
    finishedAt: null,
    failure: null,
  };
}

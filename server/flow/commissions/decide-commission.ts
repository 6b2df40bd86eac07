import type { Clock } from '../../shared/clock.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { Commission } from './commission.model.ts';
import type { CommissionStore } from './commission.store.ts';
import { decidePosting, type PostingAction } from './states/decide-posting.ts';
import { listEvents } from './list-events.ts';
import { loadSale, type LoadedSale, type LoadSaleDeps } from './load-sale.ts';
import { postVersions } from './posting/post-versions.ts';

export interface DecideCommissionDeps extends LoadSaleDeps {
  commissions: CommissionStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'commissions') => void;
}

/** Who decides: a member of the merchant's staff. */
export interface Decider {
  merchantId: string;
  staffId: string;
}

/** What a person does with commissions, and with orders that were deleted in the store (S6, S7). */
export function createDecideCommission(deps: DecideCommissionDeps) {
  const { commissions, clock, newId } = deps;

  /** Loads, changes and saves one commission, until no other write came between. */
  const change = (
    load: () => Promise<Commission | undefined>,
    decide: (known: Commission, loaded: LoadedSale, now: Date) => Commission,
  ): Promise<Commission> =>
    untilSaved(async () => {
      const known = await load();
      if (!known) throw notFound('The commission');
      const loaded = await loadSale(deps, known.merchantId, known._id);
      if (!loaded) throw notFound('The commission');
      const now = clock();
      const next = decide(known, loaded, now);
      const events = listEvents(known, next, { now, newId });
      const saved = await commissions.save(next, events);
      if (saved && events.length > 0) deps.nudge('commissions');
      return { saved, result: next };
    });

  return {
    /** @throws DomainError `not-found`, or `impossible` in the posting's state. */
    decide: ({ merchantId, staffId: by }: Decider, postingId: string, action: PostingAction) =>
      change(
        () => commissions.byPosting(merchantId, postingId),
        (known, loaded, now) => decidePosting(known, postingId, action, { now, newId, by, loaded }),
      ),

    /**
     * Posts the reversal of an order that was deleted in the store after its money was payable (S6).
     * @throws DomainError `not-found`, or `impossible` when nothing waits to be confirmed.
     */
    confirmRemoval: ({ merchantId, staffId: by }: Decider, orderId: string) =>
      change(
        () => commissions.byOrder(merchantId, orderId),
        (known, { order, sale }, now) => {
          if (!known.removalToConfirm) throw nothingToConfirm();
          const confirmedRemoval = { orderVersion: known.removalToConfirm.orderVersion, at: now, by };
          return postVersions(order, sale, { ...known, confirmedRemoval }, { now, newId });
        },
      ),
  };
}

function nothingToConfirm(): DomainError {
  return new DomainError(
    'impossible',
    'No deletion of this order waits to be confirmed.',
    'A deletion is confirmed only when the commission was payable or paid already.',
  );
}

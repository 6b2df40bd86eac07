import type { PendingEvent } from '../../shared/events.ts';
import type { CommissionStore } from '../commissions/index.ts';
import { buildEntry } from './build-entry.ts';
import type { EntryContent } from './ledger-entry.ts';

/** Posts a computed commission to the ledger. */
export function createOnCommissionComputed(deps: {
  commissions: CommissionStore;
  postEntry: (content: Omit<EntryContent, 'postedAt'>) => Promise<void>;
}) {
  return async ({ merchantId, data }: PendingEvent<'commission.computed'>): Promise<void> => {
    const commission = await deps.commissions.byOrder(merchantId, data.orderId);
    const posting = commission?.postings.find(({ id }) => id === data.postingId);
    if (!posting) throw new Error(`posting ${data.postingId} of order ${data.orderId} is not there`);
    const { id: postingId, affiliateId, programId, currency, amount, receipt } = posting;
    const { id: orderId, number: orderNumber, version: orderVersion } = receipt.order;
    await deps.postEntry(
      buildEntry({
        merchantId, postingId, affiliateId, programId, orderId, orderNumber, orderVersion, currency, amount,
      }), // prettier-ignore
    );
  };
}

import type { PendingEvent } from '../../shared/events.ts';
import type { CommissionPosting, CommissionStore } from '../commissions/index.ts';
import { buildEntry, buildTransfer, type EntryDraft } from './build-entry.ts';

interface Deps {
  commissions: CommissionStore;
  postEntry: (content: EntryDraft) => Promise<void>;
}

/** Posts a computed commission to the ledger. */
export function createOnCommissionComputed({ commissions, postEntry }: Deps) {
  return async ({ merchantId, data }: PendingEvent<'commission.computed'>): Promise<void> => {
    await postEntry(buildEntry(merchantId, await postingOrThrow(commissions, merchantId, data)));
  };
}

/** Moves a commission between the affiliate's accounts when its state asks for it. */
export function createOnCommissionMoved({ commissions, postEntry }: Deps) {
  return async ({ merchantId, data }: PendingEvent<'commission.moved'>): Promise<void> => {
    const posting = await postingOrThrow(commissions, merchantId, data);
    const transfer = buildTransfer(merchantId, posting, data.step);
    if (transfer) await postEntry(transfer);
  };
}

async function postingOrThrow(
  commissions: CommissionStore,
  merchantId: string,
  { orderId, postingId }: { orderId: string; postingId: string },
): Promise<CommissionPosting> {
  const commission = await commissions.byOrder(merchantId, orderId);
  const posting = commission?.postings.find(({ id }) => id === postingId);
  if (!posting) throw new Error(`posting ${postingId} of order ${orderId} is not there`);
  return posting;
}

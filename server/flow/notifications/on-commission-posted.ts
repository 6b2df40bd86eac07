import type { PendingEvent } from '../../shared/events.ts';
import { describeReceipt, type CommissionStore } from '../commissions/index.ts';
import type { LedgerStore } from '../ledger/index.ts';
import { describeCommission } from './describe-commission.ts';
import type { Templates } from './load-templates.ts';
import type { People } from './people.ts';
import type { MailContent } from './queue-mail.ts';

export interface OnCommissionPostedDeps extends People {
  commissions: Pick<CommissionStore, 'byOrder'>;
  ledger: Pick<LedgerStore, 'byReference' | 'ofAffiliate'>;
  templates: Pick<Templates, 'commissionPosted'>;
  queueMail: (content: MailContent) => Promise<void>;
}

/** Writes one mail for each new transaction to its affiliate; the posting's id makes a repeat a no-op. */
export function createOnCommissionPosted(deps: OnCommissionPostedDeps) {
  const { commissions, ledger } = deps;
  return async ({ merchantId, data }: PendingEvent<'commission.posted'>): Promise<void> => {
    const { orderId, postingId } = data;
    const reference = `commission/${postingId}`;
    const commission = await commissions.byOrder(merchantId, orderId);
    const posting = commission?.postings.find(({ id }) => id === postingId);
    const entry = await ledger.byReference(merchantId, reference);
    if (!posting || !entry) throw new Error(`posting ${postingId} of order ${orderId} is not there`);
    const recipient = await deps.affiliateById(merchantId, posting.affiliateId);
    const sender = await deps.merchantById(merchantId);
    if (!recipient || !sender) return;
    const lastId = posting.receipt.earlier.at(-1)?.postingId;
    const before = commission?.postings.find(({ id }) => id === lastId);
    const receipt = describeReceipt(posting.receipt);
    const { postedAt, affiliateBalance: balance } = entry;
    const { holdEndsAt = null } = commission ?? {};
    const view = describeCommission({
      posting,
      before,
      receipt,
      postedAt,
      balance,
      holdEndsAt,
      recipient,
      sender,
    });
    await deps.queueMail({
      merchantId,
      reference,
      affiliateId: recipient.id,
      to: { name: recipient.name, address: recipient.email },
      senderName: sender.name,
      list: `commissions.${merchantId}`,
      subject: view.subject,
      ...deps.templates.commissionPosted(view),
    });
  };
}

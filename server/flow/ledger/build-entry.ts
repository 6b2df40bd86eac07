import { account, type Posting } from '../../shared/accounts.ts';
import { accountKindOf, type StateChange } from '../../shared/posting-state.ts';
import type { EntryContent } from './ledger-entry.ts';

/** A posting of a commission, as far as the ledger needs it. Minor units; below zero is a reversal. */
export interface BookedPosting {
  id: string;
  affiliateId: string;
  programId: string;
  currency: string;
  amount: bigint;
  states: Pick<StateChange, 'state'>[];
  receipt: { order: { id: string; number: string; version: number } };
}

/** An entry before it is dated and chained. */
export type EntryDraft = Omit<EntryContent, 'postedAt'>;

/**
 * The ledger entry of a commission (S12): a commission moves expense to the affiliate's account of its first
 * state, a reversal moves it back from there.
 * @throws Error for a posting that was never posted as anything.
 */
export function buildEntry(merchantId: string, posting: BookedPosting): EntryDraft {
  const { amount, affiliateId, programId, states } = posting;
  const expense = account.commissionExpense(programId);
  const kind = states[0] && accountKindOf(states[0].state);
  if (!kind) throw new Error(`posting ${posting.id} has no account`);
  return {
    ...describePosting(merchantId, posting),
    reference: `commission/${posting.id}`,
    kind: amount < 0n ? 'reversal' : 'commission',
    postings: [moveSigned(amount, expense, account.ofAffiliate(kind, affiliateId, programId))],
  };
}

/**
 * The entry of a posting's further state (S7, S12): between two accounts of the affiliate. Undefined when the
 * account stays the same; a rejected posting is taken back by a reversal, not by a transfer.
 * @param step the index of the new state
 */
export function buildTransfer(
  merchantId: string,
  posting: BookedPosting,
  step: number,
): EntryDraft | undefined {
  const { amount, affiliateId, programId, states } = posting;
  const from = accountOf(states[step - 1]);
  const to = accountOf(states[step]);
  if (amount === 0n || from === null || to === null || from === to) return undefined;
  return {
    ...describePosting(merchantId, posting),
    reference: `transfer/${posting.id}/${step}`,
    kind: 'transfer',
    postings: [
      moveSigned(
        amount,
        account.ofAffiliate(from, affiliateId, programId),
        account.ofAffiliate(to, affiliateId, programId),
      ),
    ],
  };
}

/** Every entry that a posting with its states has in the ledger, in order. */
export function listEntriesOf(merchantId: string, posting: BookedPosting): EntryDraft[] {
  const transfers = posting.states.slice(1).map((_, index) => buildTransfer(merchantId, posting, index + 1));
  return [buildEntry(merchantId, posting), ...transfers.filter((entry) => entry !== undefined)];
}

const accountOf = (change: Pick<StateChange, 'state'> | undefined) =>
  change ? accountKindOf(change.state) : null;

/** A negative amount moves the other way: a posting is never below zero (S2). */
function moveSigned(amount: bigint, source: string, destination: string): Posting {
  return amount < 0n
    ? { source: destination, destination: source, amount: -amount }
    : { source, destination, amount };
}

function describePosting(
  merchantId: string,
  { id: postingId, affiliateId, programId, currency, receipt }: BookedPosting,
): Omit<EntryDraft, 'reference' | 'kind' | 'postings'> {
  const { id: orderId, number: orderNumber, version: orderVersion } = receipt.order;
  return { merchantId, postingId, affiliateId, programId, orderId, orderNumber, orderVersion, currency };
}

import { DomainError } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { PostingState } from '../../../shared/posting-state.ts';
import { advancePostings, withDueTime } from './advance-postings.ts';
import { applyGuard } from './apply-guard.ts';
import { isSameMember, type Commission, type CommissionPosting } from '../commission.model.ts';
import type { LoadedSale } from '../load-sale.ts';
import { groupOf, moveGroup, type Move } from './move-postings.ts';
import { noteRemoval } from '../posting/note-removal.ts';
import { postVersions } from '../posting/post-versions.ts';

/** What a person does with a commission (S7). `mark-paid` records what the merchant paid by its own bank. */
export type PostingAction =
  | { action: 'approve' }
  | { action: 'hold'; reason: string }
  | { action: 'release'; reason: string }
  | { action: 'reject'; reason: string }
  | { action: 'mark-paid'; reference: string; paidOn: string };

/** From where each action may start; approving what is held clears the hold. */
const STARTS: Readonly<Record<PostingAction['action'], readonly PostingState[]>> = {
  approve: ['pending', 'held'],
  hold: ['pending', 'approved', 'payable'],
  release: ['held'],
  reject: ['pending', 'approved', 'payable', 'held'],
  'mark-paid': ['payable'],
};

/**
 * A commission after a person decided on one of its postings, and on what moves with it. Pure.
 * @param postingId of the commission; it is there
 * @param by the person's id
 * @throws DomainError `impossible` when the posting's state does not allow the action.
 */
export function decidePosting(
  commission: Commission,
  postingId: string,
  action: PostingAction,
  context: { now: Date; newId: NewId; by: string; loaded: LoadedSale },
): Commission {
  const posting = commission.postings.find(({ id }) => id === postingId);
  if (!posting || !STARTS[action.action].includes(posting.state)) throw notAllowed(action, posting);
  if (action.action !== 'mark-paid' && isOwedBack(commission, posting)) throw mustBeSettled(action);
  const { now, by } = context;
  const letGo = (state: 'approved' | 'pending'): Commission => {
    const cleared = clearHold(moveGroup(commission, postingId, [state], move), posting);
    // A guard may have another reason to hold than the one that the person looked at.
    return advancePostings(applyGuard(cleared, context.loaded.sale, now), now);
  };
  const move: Move = { at: now, by, reason: 'reason' in action ? action.reason : null };
  switch (action.action) {
    case 'approve':
      return letGo('approved');
    case 'hold':
      return withDueTime(moveGroup(commission, postingId, ['held'], move));
    case 'release':
      return letGo('pending');
    case 'reject':
      return reject(commission, posting, move, context);
    case 'mark-paid': {
      const reason = `paid on ${action.paidOn}, reference ${action.reference}`;
      return withDueTime(moveGroup(commission, postingId, ['in-payout', 'paid'], { ...move, reason }));
    }
  }
}

/** The affiliate's target for the order becomes 0 and stays it; what was posted is taken back (S7). */
function reject(
  commission: Commission,
  posting: CommissionPosting,
  move: Move,
  { now, by, newId, loaded }: { now: Date; by: string; newId: NewId; loaded: LoadedSale },
): Commission {
  const { affiliateId, programId, currency } = posting;
  const rejection = { affiliateId, programId, currency, at: now, by, reason: move.reason ?? '' };
  const rejections = [...commission.rejections, rejection];
  const posted = postVersions(loaded.order, loaded.sale, { ...commission, rejections }, { now, newId });
  let next = posted;
  for (const { id } of posted.postings) {
    const candidate = next.postings.find((item) => item.id === id);
    if (!candidate || candidate.reverses !== null || !isSameMember(candidate, posting)) continue;
    if (STARTS.reject.includes(candidate.state)) next = moveGroup(next, id, ['rejected'], move);
  }
  return withDueTime(noteRemoval(next, loaded.order.versions, now));
}

/** Whether a posting takes back what was paid out: then it stands for itself, and stays payable (S7). */
function isOwedBack({ postings }: Commission, { id, reverses }: CommissionPosting): boolean {
  return reverses !== null && groupOf(postings, id).every((posting) => posting.reverses !== null);
}

/** A person has looked at what a guard held: the same reason holds nothing of this order any more. */
function clearHold(commission: Commission, { state, states }: CommissionPosting): Commission {
  const reason = states.at(-1)?.reason;
  if (state !== 'held' || !reason || commission.clearedHolds.includes(reason)) return commission;
  return { ...commission, clearedHolds: [...commission.clearedHolds, reason] };
}

function notAllowed({ action }: PostingAction, posting: CommissionPosting | undefined): DomainError {
  return new DomainError(
    'impossible',
    `A commission that is ${posting?.state ?? 'not there'} cannot take "${action}".`,
    `It can be done with a commission that is ${STARTS[action].join(' or ')}.`,
  );
}

function mustBeSettled({ action }: PostingAction): DomainError {
  return new DomainError(
    'impossible',
    `A reversal that takes back what was paid cannot take "${action}".`,
    'Settle it with a payment: mark it as paid together with the commissions that it lowers.',
  );
}

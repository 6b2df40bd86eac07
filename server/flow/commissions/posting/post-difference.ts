import type { NewId } from '../../../shared/ids.ts';
import type { PostingState } from '../../../shared/posting-state.ts';
import { draftReceipt, finishReceipt } from '../receipts/build-receipt.ts';
import { seriesOf, type Commission, type CommissionPosting } from '../commission.model.ts';
import type { CreditedSale, VersionToPost } from './credited-sale.ts';
import { reverseOrigins, type DifferencePart } from './reverse-origins.ts';
import { targetSeries } from './target-series.ts';

/** Who posts: the engine, by the one formula. */
export const BY_FORMULA = 'the order';

type Known = Pick<Commission, 'postings' | 'rejections' | 'clearedHolds'>;

/**
 * The one formula (S6): target C(v) minus what was posted already, for whoever is credited and for everybody
 * who was credited before. A first posting is made even when it is 0 (S5); later differences of 0 are not.
 * A reversal names the commission that it takes back; where one is not enough there are several.
 * @param context `onlyRejected`: post for nobody but those whom a person rejected
 */
export function postDifference(
  version: VersionToPost,
  sale: CreditedSale,
  known: Known,
  context: { now: Date; newId: NewId; onlyRejected?: boolean },
): CommissionPosting[] {
  const postings: CommissionPosting[] = [];
  for (const series of targetSeries(version, sale, known)) {
    if (context.onlyRejected && series.rejected === null) continue;
    const draft = draftReceipt(version, sale, series, known.postings);
    if (draft.difference === 0n && draft.earlier.length > 0) continue;
    const before = known.postings.filter((posting) => seriesOf(posting) === seriesOf(series));
    const parts = reverseOrigins(draft.difference, before);
    const { affiliateId, programId, currency } = series;
    parts.forEach((part, index) => {
      const { state, reason } = firstState(part, before, sale, known);
      postings.push({
        id: context.newId(),
        number: known.postings.length + postings.length + 1,
        affiliateId,
        programId,
        currency,
        amount: part.amount,
        postedAt: context.now,
        reverses: part.reverses,
        state,
        states: [{ state, at: context.now, by: BY_FORMULA, reason }],
        receipt: finishReceipt(draft, parts, index),
      });
    });
  }
  return postings;
}

/** A commission is pending, or held by a guard; a reversal takes the state of its origin (S7). */
function firstState(
  { reverses }: DifferencePart,
  before: readonly CommissionPosting[],
  { hold }: CreditedSale,
  { clearedHolds }: Known,
): { state: PostingState; reason: string | null } {
  if (reverses === null) {
    const held = hold !== null && !clearedHolds.includes(hold);
    return { state: held ? 'held' : 'pending', reason: held ? hold : null };
  }
  const origin = before.find(({ id }) => id === reverses);
  const wasPaidOut = origin?.state === 'in-payout' || origin?.state === 'paid';
  return { state: !origin || wasPaidOut ? 'payable' : origin.state, reason: null };
}

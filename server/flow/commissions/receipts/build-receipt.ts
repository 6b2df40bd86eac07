import { sum } from '../../../shared/money.ts';
import { seriesOf, type CommissionPosting } from '../commission.model.ts';
import type { CreditedSale, VersionToPost } from '../posting/credited-sale.ts';
import { readOrderFacts } from './read-order-facts.ts';
import type { Receipt } from './receipt.ts';
import type { DifferencePart } from '../posting/reverse-origins.ts';
import { sealReceipt } from './seal-receipt.ts';
import type { SeriesTarget } from '../posting/target-series.ts';

/** A receipt before the difference was cut into parts, each of which has its own (S16). */
export type ReceiptDraft = Omit<Receipt, 'amount' | 'reverses' | 'parts' | 'hash'>;

/**
 * What a posting's receipt says of the order, the decision, the target and what was posted before.
 * @param earlier postings of all series of the order, oldest first
 */
export function draftReceipt(
  version: VersionToPost,
  sale: CreditedSale,
  series: SeriesTarget,
  earlier: readonly CommissionPosting[],
): ReceiptDraft {
  const before = earlier.filter((posting) => seriesOf(posting) === seriesOf(series));
  const alreadyPosted = sum(before.map(({ amount }) => amount));
  const { orderId: id, placedAt, version: versionNumber, snapshot } = version;
  const { affiliateId, affiliateName, programId, rulesVersion, computed, currency } = series;
  return {
    order: { id, version: versionNumber, placedAt, currency, ...readOrderFacts(snapshot) },
    affiliate: { id: affiliateId, name: affiliateName },
    program: { id: programId, rulesVersion, settingsVersion: sale.settingsVersion },
    attribution: describeSale(sale),
    ...computed,
    nothingBecause: series.nothingBecause,
    rejected: series.rejected,
    split: series.split,
    target: series.target,
    earlier: before.map(({ id: postingId, amount, receipt }) => ({
      postingId,
      orderVersion: receipt.order.version,
      amount,
    })),
    alreadyPosted,
    difference: series.target - alreadyPosted,
  };
}

/** The receipt of the part at `index`: a difference that several origins bear names all of them. */
export function finishReceipt(draft: ReceiptDraft, parts: readonly DifferencePart[], index: number): Receipt {
  const { reverses = null, amount = 0n } = parts[index] ?? {};
  return sealReceipt({ ...draft, parts: [...parts], reverses, amount });
}

function describeSale({ decision, engineVersion, winner, losers }: CreditedSale): Receipt['attribution'] {
  if (!winner) return { decision, engineVersion, winner: null, losers };
  const { class: touchClass, carrier, at, code, affiliateName } = winner;
  return { decision, engineVersion, winner: { class: touchClass, carrier, at, code, affiliateName }, losers };
}

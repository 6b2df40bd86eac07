import type { NewId } from '../../shared/ids.ts';
import { sum } from '../../shared/money.ts';
import type { OrderSnapshot } from '../../shared/order.ts';
import type { ProgramRulesVersion } from '../../shared/program-terms.ts';
import type { CommissionPosting } from './commission.model.ts';
import { computeCommission, type CommissionTarget } from './compute-commission.ts';
import type { Receipt, ReceiptTouch } from './receipt.ts';

/** The decision that holds for the order, as far as a posting needs it. */
export interface CreditedSale {
  decision: number;
  engineVersion: number;
  winner: (ReceiptTouch & { affiliateId: string; programId: string }) | null;
  losers: Receipt['attribution']['losers'];
  /** The winner's own coupon codes on the order, folded. */
  ownCodes: string[];
  settingsVersion: number;
  /** The rule version that held at T; null when nobody won. */
  rules: ProgramRulesVersion | null;
}

export interface VersionToPost {
  orderId: string;
  placedAt: Date;
  version: number;
  snapshot: OrderSnapshot;
}

const NOTHING: CommissionTarget = {
  lines: [],
  base: 0n,
  target: 0n,
  nothingBecause: 'another affiliate is credited now',
};

/**
 * The one formula (S6): target C(v) minus what was posted already, for the winner and for everybody who was
 * credited before. A first posting is made even when it is 0 (S5); later differences of 0 are not.
 */
export function postDifference(
  version: VersionToPost,
  sale: CreditedSale,
  earlier: readonly CommissionPosting[],
  context: { now: Date; newId: NewId },
): CommissionPosting[] {
  const { winner, rules } = sale;
  const formerAffiliates = new Map(earlier.map((posting) => [seriesOf(posting), posting]));
  const postings: CommissionPosting[] = [];
  for (const [series, former] of formerAffiliates) {
    if (winner && series === seriesOf(winner)) continue;
    const nobody = winner ? NOTHING : { ...NOTHING, nothingBecause: 'no affiliate is credited any more' };
    add(
      former.affiliateId,
      former.programId,
      former.receipt.affiliate.name,
      nobody,
      former.receipt.program.rulesVersion,
    );
  }
  if (winner && rules) {
    const target = computeCommission(
      version.snapshot,
      { affiliateId: winner.affiliateId, ownCodes: sale.ownCodes },
      rules,
    );
    add(winner.affiliateId, winner.programId, winner.affiliateName, target, rules.version);
  }
  return postings;

  function add(
    affiliateId: string,
    programId: string,
    name: string,
    target: CommissionTarget,
    rulesVersion: number,
  ): void {
    const series = earlier.filter((posting) => seriesOf(posting) === seriesOf({ affiliateId, programId }));
    const alreadyPosted = sum(series.map(({ amount }) => amount));
    const amount = target.target - alreadyPosted;
    if (amount === 0n && series.length > 0) return;
    const receipt: Receipt = {
      order: describeVersion(version),
      affiliate: { id: affiliateId, name },
      program: { id: programId, rulesVersion, settingsVersion: sale.settingsVersion },
      attribution: describeSale(sale),
      ...target,
      earlier: series.map((posting) => ({
        postingId: posting.id,
        orderVersion: posting.receipt.order.version,
        amount: posting.amount,
      })),
      alreadyPosted,
      amount,
    };
    const number = earlier.length + postings.length + 1;
    const { currency } = version.snapshot;
    postings.push({
      id: context.newId(),
      number,
      affiliateId,
      programId,
      currency,
      amount,
      postedAt: context.now,
      receipt,
    });
  }
}

const seriesOf = ({ affiliateId, programId }: { affiliateId: string; programId: string }): string =>
  `${programId}/${affiliateId}`;

function describeVersion({ orderId: id, placedAt, version, snapshot }: VersionToPost): Receipt['order'] {
  const { number, updatedAt, currency, status, payment } = snapshot;
  return { id, number, version, placedAt, updatedAt, currency, status, payment };
}

function describeSale({ decision, engineVersion, winner, losers }: CreditedSale): Receipt['attribution'] {
  if (!winner) return { decision, engineVersion, winner: null, losers };
  const { class: touchClass, carrier, at, code, affiliateName } = winner;
  return { decision, engineVersion, winner: { class: touchClass, carrier, at, code, affiliateName }, losers };
}

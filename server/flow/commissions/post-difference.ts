import type { NewId } from '../../shared/ids.ts';
import { sum } from '../../shared/money.ts';
import type { OrderSnapshot } from '../../shared/order.ts';
import type { ProgramRulesVersion } from '../../shared/program-rules.ts';
import type { CommissionPosting } from './commission.model.ts';
import { computeCommission, type CommissionTarget } from './compute-commission.ts';
import { readOrderFacts } from './read-order-facts.ts';
import type { Receipt, ReceiptTouch } from './receipt.ts';
import { sealReceipt } from './seal-receipt.ts';

/** The decision that holds for the order, as far as a posting needs it. */
export interface CreditedSale {
  decision: number;
  engineVersion: number;
  winner: (ReceiptTouch & { affiliateId: string; programId: string }) | null;
  losers: Receipt['attribution']['losers'];
  /** The winner's group at T; null = none. */
  groupId: string | null;
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

/** What is compared with the target: one affiliate, programme and currency. */
type Series = Pick<CommissionPosting, 'affiliateId' | 'programId' | 'currency'>;

/** What a series should have earned in total, and under which rules. */
interface SeriesTarget extends Series {
  affiliateName: string;
  rulesVersion: number;
  target: CommissionTarget;
}

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
  const winner = targetOfWinner(version, sale);
  const targets = [...targetsOfFormer(version, winner, earlier), ...(winner ? [winner] : [])];
  const postings: CommissionPosting[] = [];
  for (const target of targets) {
    const receipt = buildReceipt(version, sale, target, earlier);
    if (receipt.amount === 0n && receipt.earlier.length > 0) continue;
    const { affiliateId, programId, currency } = target;
    const { amount } = receipt;
    const number = earlier.length + postings.length + 1;
    const series = { affiliateId, programId, currency };
    postings.push({ id: context.newId(), number, ...series, amount, postedAt: context.now, receipt });
  }
  return postings;
}

function targetOfWinner({ snapshot }: VersionToPost, sale: CreditedSale): SeriesTarget | undefined {
  const { winner, rules, groupId, ownCodes } = sale;
  if (!winner || !rules) return undefined;
  const { affiliateId, programId, affiliateName } = winner;
  const target = computeCommission(snapshot, { affiliateId, groupId, ownCodes }, rules);
  return {
    affiliateId,
    programId,
    currency: snapshot.currency,
    affiliateName,
    rulesVersion: rules.version,
    target,
  };
}

/** Whoever was credited before and is not now, or in another currency, goes back to nothing. */
function targetsOfFormer(
  { snapshot }: VersionToPost,
  winner: SeriesTarget | undefined,
  earlier: readonly CommissionPosting[],
): SeriesTarget[] {
  const former = new Map(earlier.map((posting) => [seriesOf(posting), posting]));
  if (winner) former.delete(seriesOf(winner));
  return [...former.values()].map(({ affiliateId, programId, currency, receipt }) => {
    const { name: affiliateName } = receipt.affiliate;
    const { rulesVersion } = receipt.program;
    const target = nothing(describeLoss(affiliateId, currency, snapshot.currency, winner));
    return { affiliateId, programId, currency, affiliateName, rulesVersion, target };
  });
}

function describeLoss(
  affiliateId: string,
  currency: string,
  now: string,
  winner: SeriesTarget | undefined,
): string {
  if (!winner) return 'no affiliate is credited any more';
  if (affiliateId === winner.affiliateId && currency !== now) return `the order is in ${now} now`;
  return 'another affiliate is credited now';
}

function nothing(nothingBecause: string): CommissionTarget {
  return { terms: null, lines: [], orderCommissions: [], base: 0n, target: 0n, nothingBecause };
}

function buildReceipt(
  version: VersionToPost,
  sale: CreditedSale,
  series: SeriesTarget,
  earlier: readonly CommissionPosting[],
): Receipt {
  const before = earlier.filter((posting) => seriesOf(posting) === seriesOf(series));
  const alreadyPosted = sum(before.map(({ amount }) => amount));
  const { orderId: id, placedAt, version: versionNumber, snapshot } = version;
  const { currency } = series;
  return sealReceipt({
    order: { id, version: versionNumber, placedAt, currency, ...readOrderFacts(snapshot) },
    affiliate: { id: series.affiliateId, name: series.affiliateName },
    program: {
      id: series.programId,
      rulesVersion: series.rulesVersion,
      settingsVersion: sale.settingsVersion,
    },
    attribution: describeSale(sale),
    ...series.target,
    earlier: before.map(({ id: postingId, amount, receipt }) => ({
      postingId,
      orderVersion: receipt.order.version,
      amount,
    })),
    alreadyPosted,
    amount: series.target.target - alreadyPosted,
  });
}

const seriesOf = ({ affiliateId, programId, currency }: Series): string =>
  `${programId}/${affiliateId}/${currency}`;

function describeSale({ decision, engineVersion, winner, losers }: CreditedSale): Receipt['attribution'] {
  if (!winner) return { decision, engineVersion, winner: null, losers };
  const { class: touchClass, carrier, at, code, affiliateName } = winner;
  return { decision, engineVersion, winner: { class: touchClass, carrier, at, code, affiliateName }, losers };
}

import { allocate } from '../../../shared/money.ts';
import {
  isSameMember,
  seriesOf,
  type Commission,
  type CommissionPosting,
  type Series,
} from '../commission.model.ts';
import { computeCommission, type CommissionTarget } from '../rules/compute-commission.ts';
import type { CreditedSale, VersionToPost } from './credited-sale.ts';
import type { Receipt } from '../receipts/receipt.ts';

/** What a series should have earned in total, and under which rules. */
export interface SeriesTarget extends Series {
  affiliateName: string;
  rulesVersion: number;
  computed: CommissionTarget;
  /** How the order's commission was split, or null when it was not. */
  split: Receipt['split'];
  /** The part of `computed.target` that this series earns. Minor units. */
  target: bigint;
  nothingBecause: string | null;
  /** Why a person rejected it, or null. */
  rejected: string | null;
}

/**
 * The targets of everybody whom an order version concerns (S6): the winner, or the sharers of the winner's
 * commission (S3, by largest remainder), and everybody who was credited before and goes back to nothing.
 */
export function targetSeries(
  version: VersionToPost,
  sale: CreditedSale,
  known: Pick<Commission, 'postings' | 'rejections'>,
): SeriesTarget[] {
  const credited = targetsOfShares(version, sale);
  const former = targetsOfFormer(version, credited, known.postings);
  return [...former, ...credited].map((series) => applyRejection(series, known.rejections));
}

function targetsOfShares({ snapshot }: VersionToPost, sale: CreditedSale): SeriesTarget[] {
  const { winner, rules, groupId, ownCodes, shares } = sale;
  if (!winner || !rules) return [];
  const computed = computeCommission(snapshot, { affiliateId: winner.affiliateId, groupId, ownCodes }, rules);
  const parts = allocate(
    computed.target,
    shares.map(({ sharePpm }) => BigInt(sharePpm)),
  );
  const described = shares.map(({ affiliateName, class: touchClass, sharePpm }) => ({
    affiliateName,
    class: touchClass,
    sharePpm,
  }));
  return shares.map(({ affiliateId, programId, affiliateName }, index) => ({
    affiliateId,
    programId,
    currency: snapshot.currency,
    affiliateName,
    rulesVersion: rules.version,
    computed,
    split: shares.length > 1 ? { whole: computed.target, shares: described, index } : null,
    target: parts[index] ?? 0n,
    nothingBecause: computed.nothingBecause,
    rejected: null,
  }));
}

/** Whoever was credited before and is not now, or in another currency, goes back to nothing. */
function targetsOfFormer(
  { snapshot }: VersionToPost,
  credited: readonly SeriesTarget[],
  earlier: readonly CommissionPosting[],
): SeriesTarget[] {
  const former = new Map(earlier.map((posting) => [seriesOf(posting), posting]));
  for (const series of credited) former.delete(seriesOf(series));
  return [...former.values()].map(({ affiliateId, programId, currency, receipt }) => {
    const nothingBecause = describeLoss(affiliateId, currency, snapshot.currency, credited);
    return {
      affiliateId,
      programId,
      currency,
      affiliateName: receipt.affiliate.name,
      rulesVersion: receipt.program.rulesVersion,
      computed: { terms: null, lines: [], orderCommissions: [], base: 0n, target: 0n, nothingBecause },
      split: null,
      target: 0n,
      nothingBecause,
      rejected: null,
    };
  });
}

function describeLoss(
  affiliateId: string,
  currency: string,
  now: string,
  credited: readonly SeriesTarget[],
): string {
  if (credited.length === 0) return 'no affiliate is credited any more';
  if (credited.some((series) => affiliateId === series.affiliateId) && currency !== now) {
    return `the order is in ${now} now`;
  }
  return 'another affiliate is credited now';
}

/** What was rejected stays at nothing, whatever becomes of the order, its currency too (S7). */
function applyRejection(series: SeriesTarget, rejections: Commission['rejections']): SeriesTarget {
  const rejection = rejections.find((candidate) => isSameMember(candidate, series));
  if (!rejection) return series;
  const { reason: rejected } = rejection;
  return { ...series, target: 0n, nothingBecause: `it was rejected: ${rejected}`, rejected };
}

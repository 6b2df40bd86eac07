import { DomainError, notFound } from '../../shared/errors.ts';
import { appendStatus } from '../../shared/history.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { AFFILIATE_MOVES, type Affiliate, type AffiliateStatus } from './affiliate.ts';
import type { AffiliateDeps } from './create-affiliate.ts';

/**
 * Approves, rejects or suspends an affiliate from now on; what was earned before stays.
 * @throws DomainError `not-found`, or `conflict` when the step is not in AFFILIATE_MOVES.
 */
export function changeAffiliateStatus(
  deps: AffiliateDeps,
  { merchantId, id, status }: { merchantId: string; id: string; status: AffiliateStatus },
): Promise<Affiliate> {
  return untilSaved(async () => {
    const affiliate = await deps.affiliates.byId(merchantId, id);
    if (!affiliate) throw notFound('The affiliate');
    const statuses = appendStatus(affiliate.statuses, status, AFFILIATE_MOVES, deps.clock());
    if (!statuses) throw stepRefused(affiliate.status, status);
    const saved = await deps.affiliates.saveStatuses(affiliate, statuses);
    return { saved, result: { ...affiliate, statuses, status } };
  });
}

function stepRefused(from: AffiliateStatus, to: AffiliateStatus): DomainError {
  const allowed = AFFILIATE_MOVES[from].join(' or ');
  return new DomainError(
    'conflict',
    `The affiliate is ${from} and cannot become ${to}.`,
    `It can become ${allowed}.`,
  );
}

import { DomainError, notFound } from '../../../shared/errors.ts';
import { appendStatus } from '../../../shared/history.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { readTarget, type LinkDeps } from './create-link.ts';
import { LINK_MOVES, type Link, type LinkStatus, type NewTarget } from './link.ts';

/** Whose rewrite. */
export interface RewriteRef {
  merchantId: string;
  id: string;
}

/**
 * Leads a rewrite to another page from now on; unchanged when it leads there already.
 * @throws DomainError `not-found`, `invalid-input` for a target elsewhere, `conflict` when the caller has not
 * seen the newest target.
 */
export async function changeRewriteTarget(
  deps: LinkDeps,
  ref: RewriteRef,
  { targetUrl: wished, version: seen }: NewTarget,
): Promise<Link> {
  const rewrite = await rewriteOrThrow(deps, ref);
  const targetUrl = await readTarget(deps, ref.merchantId, wished);
  const newest = rewrite.targets.length;
  if (seen !== newest) throw changedSince(newest);
  if (targetUrl === rewrite.targetUrl) return rewrite;
  const target = { version: newest + 1, targetUrl, from: deps.clock() };
  if (!(await deps.links.addTarget(rewrite, target))) throw changedSince(newest + 1);
  return { ...rewrite, targetUrl, targets: [...rewrite.targets, target] };
}

/**
 * Pauses or resumes a rewrite from now on; unchanged when it stands there already.
 * @throws DomainError `not-found`.
 */
export function changeRewriteStatus(deps: LinkDeps, ref: RewriteRef, status: LinkStatus): Promise<Link> {
  return untilSaved(async () => {
    const rewrite = await rewriteOrThrow(deps, ref);
    const statuses = appendStatus(rewrite.statuses, status, LINK_MOVES, deps.clock()) ?? rewrite.statuses;
    const isNew = statuses.length > rewrite.statuses.length;
    const saved = !isNew || (await deps.links.saveStatuses(rewrite, statuses));
    return { saved, result: { ...rewrite, statuses, status } };
  });
}

/** @throws DomainError `not-found`, also for a link of another kind. */
export async function rewriteOrThrow(
  { links }: Pick<LinkDeps, 'links'>,
  { merchantId, id }: RewriteRef,
): Promise<Link> {
  const link = await links.byId(merchantId, id);
  if (link?.kind !== 'rewrite') throw notFound('The rewrite');
  return link;
}

function changedSince(newest: number): DomainError {
  const message = `The target was changed since you read it; its version is ${newest} now.`;
  return new DomainError('conflict', message, 'Read the rewrite again, and send the version that you see.');
}

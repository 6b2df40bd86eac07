import { DAY } from '../../../shared/clock.ts';
import { appendStatus } from '../../../shared/history.ts';
import { DIRECT_LINK_MOVES, type DirectLink, type DirectLinkStatus, type ProofCheck } from './direct-link.ts';

const CHECK_EVERY = DAY;
const MOST_FAILURES = 3;

/** What a look for the proof changes. */
export type CheckedDirectLink = Pick<
  DirectLink,
  'status' | 'statuses' | 'lastCheck' | 'failedChecks' | 'nextCheckAt'
>;

/**
 * How a direct link stands after a look for its proof: found, it is verified; missing three times in a row on the
 * schedule, it is suspended. What a person asks for between times counts only when it finds something, so that
 * nobody suspends a site by asking often while its server rests.
 */
export function applyCheck(
  link: DirectLink,
  check: ProofCheck,
  { onSchedule }: { onSchedule: boolean },
): CheckedDirectLink {
  const next = { lastCheck: check, nextCheckAt: new Date(check.at.getTime() + CHECK_EVERY) };
  if (check.found !== null) return { ...next, ...stand(link, 'verified', check.at), failedChecks: 0 };
  if (link.status === 'unproven')
    return { ...next, ...stand(link, 'unproven', check.at), failedChecks: 0, nextCheckAt: null };
  if (!onSchedule) return { ...next, ...stand(link, link.status, check.at), failedChecks: link.failedChecks };
  const failedChecks = link.failedChecks + 1;
  const status = failedChecks >= MOST_FAILURES ? 'suspended' : link.status;
  return { ...next, ...stand(link, status, check.at), failedChecks };
}

function stand(link: DirectLink, status: DirectLinkStatus, now: Date) {
  const statuses = appendStatus(link.statuses, status, DIRECT_LINK_MOVES, now) ?? link.statuses;
  return { status, statuses };
}

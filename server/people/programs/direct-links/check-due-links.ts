import { applyCheck } from './apply-check.ts';
import { findProof } from './find-proof.ts';
import type { DirectLinkDeps } from './register-direct-link.ts';

const BATCH = 50;

/**
 * Looks again for the proofs that are due, of all merchants; the schedule of `apply-check.ts`. One that somebody
 * changed meanwhile is due again at the next run.
 *
 * @param mayGoOn false: another process has taken over
 */
export async function checkDueLinks(deps: DirectLinkDeps, mayGoOn: () => Promise<boolean>): Promise<void> {
  const now = deps.clock();
  for (;;) {
    const due = await deps.directLinks.due(now, BATCH);
    let saved = 0;
    for (const link of due) {
      if (!(await mayGoOn())) return;
      const check = await findProof(deps, link);
      const change = applyCheck(link, check, { onSchedule: true });
      if (await deps.directLinks.save(link, change)) saved += 1;
    }
    if (due.length < BATCH || saved === 0) return;
  }
}

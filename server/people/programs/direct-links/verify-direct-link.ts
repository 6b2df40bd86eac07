import { untilSaved } from '../../../platform/mongo/index.ts';
import { applyCheck } from './apply-check.ts';
import type { DirectLink } from './direct-link.ts';
import { findProof } from './find-proof.ts';
import { directLinkOrThrow, type DirectLinkDeps, type DirectLinkRef } from './register-direct-link.ts';

/**
 * Looks for the proof of a site now. That it is not there is an answer, with the reason in `lastCheck`.
 * @throws DomainError `not-found`.
 */
export async function verifyDirectLink(deps: DirectLinkDeps, ref: DirectLinkRef): Promise<DirectLink> {
  const check = await findProof(deps, await directLinkOrThrow(deps, ref));
  return untilSaved(async () => {
    const link = await directLinkOrThrow(deps, ref);
    const change = applyCheck(link, check, { onSchedule: false });
    return { saved: await deps.directLinks.save(link, change), result: { ...link, ...change } };
  });
}

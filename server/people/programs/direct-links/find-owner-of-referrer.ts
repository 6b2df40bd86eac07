import type { DirectLink } from './direct-link.ts';
import { hostOf } from './read-site.ts';
import { selectDirectLink } from './select-direct-link.ts';

/**
 * Whose direct link a visit came from, by its whole `Referer`, at a moment (S3, class direct-link); undefined when
 * it is of nobody's, or nothing that can be read arrived.
 *
 * @param links a merchant's, of whatever hosts and statuses
 */
export function findOwnerOfReferrer(links: readonly DirectLink[], referrerUrl: string, at: Date) {
  const url = URL.parse(referrerUrl);
  if (!url) return undefined;
  const host = hostOf(url);
  const ofHost = links.filter((link) => link.host === host);
  const found = selectDirectLink(ofHost, url.pathname, at);
  return found && { programId: found.programId, affiliateId: found.affiliateId, linkId: found.id };
}

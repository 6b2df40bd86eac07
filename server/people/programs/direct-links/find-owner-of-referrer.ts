import type { SitesByHost } from './group-by-host.ts';
import { hostOf } from './read-site.ts';
import { selectDirectLink } from './select-direct-link.ts';

/**
 * Whose direct link a visit came from, by its whole `Referer`, at a moment (S3, class direct-link); undefined when
 * it is of nobody's, or nothing that can be read arrived. Asks the sites of one host, however many there are.
 *
 * @param sites a merchant's
 */
export function findOwnerOfReferrer(sites: SitesByHost, referrerUrl: string, at: Date) {
  const url = URL.parse(referrerUrl);
  // A page of the web: an app may call itself by any name (`android-app://blog.example`).
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  const found = selectDirectLink(sites.get(hostOf(url)) ?? [], url.pathname, at);
  if (!found) return undefined;
  const { id: linkId, programId, affiliateId, host, pathPrefix } = found;
  return { programId, affiliateId, linkId, site: `${host}${pathPrefix}` };
}

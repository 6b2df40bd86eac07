import type { ProvenSite } from './direct-link.ts';

/** Sites by the host that a referrer names. */
export type SitesByHost = ReadonlyMap<string, readonly ProvenSite[]>;

/**
 * The sites that visits can belong to, by host. Those on a shop's own host are nobody's: the shop refers its own
 * visitors all the time, also where it was connected after the site was registered.
 *
 * @param shopHosts `host[:port]` of the merchant's shops
 */
export function groupByHost(sites: readonly ProvenSite[], shopHosts: readonly string[]): SitesByHost {
  const groups = new Map<string, ProvenSite[]>();
  for (const site of sites) {
    if (shopHosts.includes(site.host)) continue;
    const group = groups.get(site.host);
    if (group) group.push(site);
    else groups.set(site.host, [site]);
  }
  return groups;
}

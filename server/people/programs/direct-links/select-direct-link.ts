import { statusAt } from '../../../shared/history.ts';
import type { ProvenSite } from './direct-link.ts';

/**
 * The direct link that a visit from an address belongs to: of those that were verified at that moment the one with
 * the longest path prefix. Of several for the same place the one that was proven last, because a site that changed
 * hands is its new owner's.
 *
 * @param links of the referrer's host
 */
export function selectDirectLink(
  links: readonly ProvenSite[],
  path: string,
  at: Date,
): ProvenSite | undefined {
  return links
    .filter((link) => statusAt(link.statuses, at) === 'verified' && isUnder(path, link.pathPrefix))
    .toSorted(
      (a, b) =>
        b.pathPrefix.length - a.pathPrefix.length ||
        provenSince(b, at) - provenSince(a, at) ||
        (a.id < b.id ? -1 : 1),
    )
    .at(0);
}

/** Whether a path is the prefix or lies below it, by whole segments. */
export function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function provenSince({ statuses }: ProvenSite, at: Date): number {
  return statuses.findLast(({ from }) => from <= at)?.from.getTime() ?? 0;
}

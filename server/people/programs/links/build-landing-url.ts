import { readSubId } from './sub-id.ts';

/** What an affiliate's link adds to the address that it leads to. */
export interface LandingMarks {
  /** Of the membership; goes out as `ref`. */
  code: string;
  /** Goes out as `sub`; null, or anything that is no sub-id = left out. */
  subId: string | null;
  /** The name of the link, its slug or its id; goes out as `rfl`. Constant per link, so that page caches work. */
  link: string;
  /** What the link was called with and the shop needs too, e.g. `gclid`; the marks' own names are left out. */
  passedOn?: readonly (readonly [name: string, value: string])[];
}

const MARKS = new Set(['ref', 'sub', 'rfl']);

/**
 * The address to which a link sends a visitor. The target's own query and fragment stay as they are, byte for
 * byte; only what it says itself under the names of the marks gives way to them.
 *
 * @param targetUrl what `checkLinkTarget` let through; the host never changes here
 */
export function buildLandingUrl(
  targetUrl: string,
  { code, subId, link, passedOn = [] }: LandingMarks,
): string {
  const url = new URL(targetUrl);
  const own = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !MARKS.has(nameOf(pair)));
  const sub = readSubId(subId);
  const marks = [
    `ref=${encodeURIComponent(code)}`,
    ...(sub === null ? [] : [`sub=${encodeURIComponent(sub)}`]),
    `rfl=${encodeURIComponent(link)}`,
  ];
  const further = passedOn.filter(([name]) => !MARKS.has(name)).map(writePair);
  url.search = [...own, ...marks, ...further].join('&');
  return url.href;
}

function writePair([name, value]: readonly [string, string]): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** As the shop will read it: `%72ef=` is `ref=` as well. */
function nameOf(pair: string): string {
  return new URLSearchParams(pair).keys().next().value ?? '';
}

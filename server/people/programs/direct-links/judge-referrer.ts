import { hostOf, type Site } from './read-site.ts';
import { isUnder } from './select-direct-link.ts';

/** What arrived, whether a visit like it counts, and why not. */
export interface ReferrerVerdict {
  /** Host and path; null = nothing that could be read. */
  referrer: string | null;
  matches: boolean;
  result: string;
}

/** Says whether visitors from a page count for a site, by the `Referer` that really came from it. */
export function judgeReferrer({ host, pathPrefix }: Site, header: string | undefined): ReferrerVerdict {
  const url = URL.parse(header ?? '');
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { referrer: null, matches: false, result: NONE };
  }
  const [came, path] = [hostOf(url), url.pathname];
  const verdict = (result?: string): ReferrerVerdict => ({
    referrer: `${came}${withoutAddresses(path)}`,
    matches: result === undefined,
    result:
      result ?? `A visit from ${host}${pathPrefix} arrived as such. It counts once the site is verified.`,
  });
  if (came !== host) {
    return verdict(
      `It came from ${came}, and ${host} is registered. ${isWwwTwin(came, host) ? TWIN : OTHER_HOST}`,
    );
  }
  if (isUnder(path, pathPrefix)) return verdict();
  return verdict(path === '/' ? originOnly(pathPrefix) : `It came from another page than ${pathPrefix}.`);
}

const NONE =
  'No referrer arrived. Either the address was typed in or opened from a mail or an app, or the page keeps it back: ' +
  'look for rel="noreferrer" on the link, for a Referrer-Policy of no-referrer or same-origin, and for a page on ' +
  'https that links to http.';
const TWIN = 'With and without "www." are two hosts: register the one that visitors see.';
const OTHER_HOST = 'Put the link on the registered site, or register this host too.';

function originOnly(pathPrefix: string): string {
  return (
    `Only the host arrived and no path, which is what browsers send to another site by default, so that ${pathPrefix} ` +
    'cannot be told. Let the page say Referrer-Policy: no-referrer-when-downgrade, or register the whole site.'
  );
}

/** A path may name a person; an e-mail address is nobody's business. */
function withoutAddresses(path: string): string {
  return path.replace(/[^/]*(?:@|%40)[^/]*/gi, '[address]');
}

function isWwwTwin(one: string, other: string): boolean {
  return one === `www.${other}` || other === `www.${one}`;
}

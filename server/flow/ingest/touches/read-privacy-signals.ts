import type { PrivacyWishes } from './refuse-by-privacy.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The signals in the headers of a request, with names in lower case. Both are on when they are `1` and off
 * otherwise. Source: W3C, Tracking Preference Expression (`DNT`) and Global Privacy Control (`Sec-GPC`).
 */
export function readPrivacySignals(headers: Headers): Omit<PrivacyWishes, 'consent'> {
  return { doNotTrack: headers['dnt'] === '1', globalPrivacyControl: headers['sec-gpc'] === '1' };
}

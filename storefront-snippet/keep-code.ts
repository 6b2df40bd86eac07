import { attempt } from './attempt.ts';
import type { Page } from './page.ts';

/** The cookie that carries the affiliate's code to the shop's own checkout. */
export const CODE = '_aff_ref';
/** The random key by which the server joins a buyer's touches. */
export const VISITOR = '_aff_visitor';

/**
 * Keeps a value for so many seconds, in whichever of cookie and localStorage the browser allows: one that
 * blocks storage throws on the very access.
 */
export function keep(page: Page, name: string, value: string, seconds: number): void {
  const until = Date.now() + seconds * 1000;
  writeCookie(page, name, value, until);
  attempt(() => (page.localStorage[name] = `${value}.${until}`));
}

/**
 * The value that is still kept, or undefined. Puts back a cookie that the browser cut short (Safari after seven
 * days), until the time that was set at first; drops what is past it.
 */
export function recall(page: Page, name: string): string | undefined {
  const [value, until] = attempt(() => (page.localStorage[name] as string | undefined)?.split('.')) ?? [];
  if (value && Number(until) > Date.now()) {
    writeCookie(page, name, value, Number(until));
    return value;
  }
  attempt(() => delete page.localStorage[name]);
  return attempt(() => page.document.cookie.match(`(?:^|; )${name}=([\\w-]+)`)?.[1]);
}

/** Deletes a kept value everywhere. */
export function forget(page: Page, name: string): void {
  writeCookie(page, name, '', 0);
  attempt(() => delete page.localStorage[name]);
}

/** @param until milliseconds since 1970 */
function writeCookie(page: Page, name: string, value: string, until: number): void {
  const secure = page.location.protocol === 'https:' ? ';secure' : '';
  const expires = new Date(until).toUTCString();
  attempt(() => (page.document.cookie = `${name}=${value};expires=${expires};path=/;samesite=lax${secure}`));
}

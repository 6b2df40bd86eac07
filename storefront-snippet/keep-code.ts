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
  writeCookie(page, name, value, seconds);
  attempt(() => (page.localStorage[name] = `${value}.${now() + seconds}`));
}

/** The value that is still kept, or undefined. */
export function recall(page: Page, name: string): string | undefined {
  const cookie = attempt(() => page.document.cookie.match(`(?:^|; )${name}=([\\w-]+)`));
  return cookie?.[1] ?? readStored(page, name)?.[0];
}

/** Puts back a cookie that the browser cut short (Safari after seven days); drops what is past its time. */
export function restore(page: Page, name: string): void {
  const stored = readStored(page, name);
  if (stored) writeCookie(page, name, ...stored);
  else attempt(() => delete page.localStorage[name]);
}

/** Deletes a kept value everywhere. */
export function forget(page: Page, name: string): void {
  writeCookie(page, name, '', -1);
  attempt(() => delete page.localStorage[name]);
}

function readStored(page: Page, name: string): [value: string, secondsLeft: number] | undefined {
  const [value, until] = attempt(() => (page.localStorage[name] as string | undefined)?.split('.')) ?? [];
  const secondsLeft = Number(until) - now();
  return value && secondsLeft > 0 ? [value, secondsLeft] : undefined;
}

function writeCookie(page: Page, name: string, value: string, seconds: number): void {
  const secure = page.location.protocol === 'https:' ? ';secure' : '';
  attempt(() => {
    page.document.cookie = `${name}=${value};max-age=${seconds};path=/;samesite=lax${secure}`;
  });
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

import type { Page } from './page.ts';

/** Whether a page of another host led here; whether that host has a direct link is the server's to know. */
export function comesFromElsewhere({ document, location }: Pick<Page, 'document' | 'location'>): boolean {
  return (document.referrer.split('/')[2] ?? location.host) !== location.host;
}

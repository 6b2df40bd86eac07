import type { Page } from './page.ts';
import type { Options } from './read-options.ts';

/** The server refuses longer addresses; ad parameters make some. */
const LONGEST_ADDRESS = 2000;

/**
 * Posts one touch to `POST /collect/v1/touches`, as text so that no preflight is needed, and so that it
 * outlives the page. A refusal (an ad blocker, a policy) is nobody's error.
 *
 * @param code undefined for a visit over a direct link, which the server knows by the referrer
 */
export function sendTouch(page: Page, options: Options, code: string | undefined, visitorKey: string): void {
  const address = `${options.server}/collect/v1/touches`;
  const body = JSON.stringify({
    storeKey: options.storeKey,
    code,
    url: page.location.href.split('#')[0]?.slice(0, LONGEST_ADDRESS),
    referrer: page.document.referrer.slice(0, LONGEST_ADDRESS),
    visitorKey,
    occurredAt: new Date(),
    consent: true,
  });
  if (page.navigator.sendBeacon?.(address, body)) return;
  page.fetch(address, { method: 'POST', mode: 'no-cors', keepalive: true, body }).catch(() => {});
}

import { CODE, VISITOR, recall } from './keep-code.ts';
import type { FormsPage } from './page.ts';
import type { Options } from './read-options.ts';
import type { Conversion } from './read-conversion.ts';

/**
 * Posts a sale or a lead to `POST /collect/v1/conversions`, as text so that no preflight is needed, and so that
 * it outlives the page.
 *
 * @returns the server's status, or undefined when no affiliate sent this visitor: nothing is posted then
 * @throws TypeError when the browser refuses, for an ad blocker or a policy
 */
export async function sendConversion(
  page: FormsPage,
  options: Options,
  conversion: Conversion,
): Promise<number | undefined> {
  const code = conversion.code ?? recall(page, CODE);
  const visitorKey = recall(page, VISITOR);
  if (!code && !visitorKey) return undefined;
  const { server, storeKey } = options;
  const body = JSON.stringify({ storeKey, ...conversion, code, visitorKey, consent: true });
  const { status } = await page.fetch(`${server}/collect/v1/conversions`, {
    method: 'POST',
    keepalive: true,
    credentials: 'omit',
    body,
  });
  return status;
}

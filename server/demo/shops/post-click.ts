import { z } from 'zod';
import type { PlannedClick } from '../plan/month-plan.ts';

const recorded = z.object({ touchId: z.string(), visitorKey: z.string() });

/**
 * A visit by an affiliate's link, as the snippet on the shop's page posts it; gives the touch's id.
 * @throws Error when the server refuses it
 */
export async function postClick(
  serverUrl: string,
  { affiliate, at, shop, visitorKey }: PlannedClick,
  storeKey: string,
): Promise<string> {
  const body = JSON.stringify({
    storeKey,
    code: affiliate.code,
    url: `https://${shop.domain}/?ref=${affiliate.code}`,
    referrer: `https://blog.${affiliate.email.split('@')[1]}/`,
    visitorKey,
    occurredAt: at.toISOString(),
    consent: true,
  });
  const headers = { 'Content-Type': 'text/plain' };
  const response = await fetch(`${serverUrl}/collect/v1/touches`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`A click was answered with ${response.status}: ${await response.text()}`);
  return recorded.parse(await response.json()).touchId;
}

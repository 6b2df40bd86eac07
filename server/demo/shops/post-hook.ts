import { z } from 'zod';
import type { HookRequest } from './connected-shop.ts';

/** What became of one delivery: new, known already, of no consequence, or refused with a reason. */
export type DeliveryOutcome = 'accepted' | 'known' | 'ignored' | { rejected: string };

const status = z.enum(['accepted', 'known', 'ignored']);
const webhookAnswer = z.object({ status });
const batchAnswer = z.object({
  results: z.array(
    z.object({
      eventId: z.string(),
      status: z.enum(['accepted', 'known', 'rejected']),
      message: z.string().optional(),
    }),
  ),
});

/** Posts a webhook of one order. A refusal is an outcome, not an exception. */
export async function postWebhook(serverUrl: string, request: HookRequest): Promise<DeliveryOutcome> {
  const response = await post(serverUrl, request);
  if (!response.ok) return { rejected: await describeRefusal(response, request) };
  return webhookAnswer.parse(await response.json()).status;
}

/** Posts a batch of signed events; one outcome for each, in their order. */
export async function postBatch(
  serverUrl: string,
  request: HookRequest,
  size: number,
): Promise<DeliveryOutcome[]> {
  const response = await post(serverUrl, request);
  if (!response.ok) {
    const rejected = await describeRefusal(response, request);
    return Array.from({ length: size }, () => ({ rejected }));
  }
  const { results } = batchAnswer.parse(await response.json());
  return results.map((result) =>
    result.status === 'rejected' ? { rejected: `${result.eventId}: ${result.message ?? ''}` } : result.status,
  );
}

function post(serverUrl: string, { path, headers, body }: HookRequest): Promise<Response> {
  return fetch(serverUrl + path, { method: 'POST', headers, body, redirect: 'manual' });
}

async function describeRefusal(response: Response, { path }: HookRequest): Promise<string> {
  return `POST ${path} answered ${response.status}: ${await response.text()}`;
}

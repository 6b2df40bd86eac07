import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { verifyStandardWebhook } from '../../platform/crypto/index.ts';
import { rawBody, type RouteDescription } from '../../platform/http/index.ts';
import type { Clock } from '../../shared/clock.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import type { FindStore } from '../../shared/store-connection.ts';
import type { EventResult } from './accept-event-batch.ts';
import { MOST_EVENTS, signedEvent } from './signed-event.schema.ts';
import { pixelDescription } from './touches/collect-pixel.ts';

export interface IngestRouteDeps {
  findStore: FindStore;
  acceptEventBatch(store: { merchantId: string; storeId: string }, body: unknown): Promise<EventResult[]>;
  clock: Clock;
}

const batchAnswer = z.object({
  results: z.array(
    z.object({
      eventId: z.string(),
      status: z.enum(['accepted', 'known', 'rejected']),
      code: z.string().optional().meta({ description: 'Why it was rejected' }),
      message: z.string().optional(),
    }),
  ),
});

/** The hook of our own plugins, which is no JSON route: its signature is over bytes. */
export function createIngestRouter(deps: IngestRouteDeps): Router {
  const router = Router();
  router.post('/hooks/v1/events/:storeId', ...rawBody(), receiveEvents(deps));
  return router;
}

/** What the OpenAPI document tells about the addresses that are not JSON routes. */
export const ingestDescriptions: RouteDescription[] = [
  {
    method: 'post',
    path: '/hooks/v1/events/:storeId',
    summary: 'Takes a batch of events signed as Standard Webhooks; answers for each event by itself.',
    access: 'public',
    params: z.object({ storeId: z.string() }),
    body: z.object({ events: z.array(signedEvent).min(1).max(MOST_EVENTS) }),
    response: batchAnswer,
    status: 202,
  },
  {
    method: 'get',
    path: '/r/:slug',
    summary: 'Records a touch and leads to the target of a short link or rewrite, with the affiliate code.',
    access: 'public',
    params: z.object({ slug: z.string() }),
    status: 302,
  },
  {
    method: 'get',
    path: '/d/:linkId',
    summary: 'Records a touch and leads to the target of a deep link, with the affiliate code.',
    access: 'public',
    params: z.object({ linkId: z.string() }),
    status: 302,
  },
  pixelDescription,
];

function receiveEvents(deps: IngestRouteDeps): RequestHandler<{ storeId: string }> {
  return async (request, response) => {
    const store = await deps.findStore.byId(request.params.storeId);
    if (!store) throw notFound('The store');
    const body = request.body as Buffer;
    const check = verifyStandardWebhook({
      headers: request.headers,
      body,
      secrets: store.eventSecrets,
      now: deps.clock(),
    });
    if (!check.ok) throw badSignature(check.reason);
    if (store.status === 'disconnected') {
      throw new DomainError(
        'store-disconnected',
        'This store was disconnected.',
        'Connect it again in Refledger.',
      );
    }
    const results = await deps.acceptEventBatch(
      { merchantId: store.merchantId, storeId: store.id },
      parseJson(body),
    );
    response.status(202).json({ results });
  };
}

function badSignature(reason: string): DomainError {
  return new DomainError(
    'bad-signature',
    `The signature was refused: ${reason}.`,
    'Sign the raw body with the current secret of the store, and check the clock of the shop.',
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError('malformed-body', 'The body is not JSON.', 'Send { "events": [ ... ] } as JSON.');
  }
}

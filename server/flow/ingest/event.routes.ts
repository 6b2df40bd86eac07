import { z } from 'zod';
import {
  answerJson,
  readSignedBody,
  type AheadRoute,
  type RouteDescription,
} from '../../platform/http/index.ts';
import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import type { FindStore } from '../../shared/store-connection.ts';
import type { EventResult } from './accept-event-batch.ts';
import { admitSignedRequest } from './admit-signed-request.ts';
import { MOST_EVENTS, signedEvent } from './signed-event.schema.ts';

const PATH = '/hooks/v1/events/:storeId';
/** Bytes of one batch. */
const LARGEST_BATCH = 1_048_576;

export interface EventRouteDeps {
  findStore: Pick<FindStore, 'byId'>;
  acceptEventBatch(store: { merchantId: string; storeId: string }, body: unknown): Promise<EventResult[]>;
  clock: Clock;
}

/** What the OpenAPI document tells about the hook of signed events. */
export const eventDescriptions: RouteDescription[] = [
  {
    method: 'post',
    path: PATH,
    summary: 'Takes a batch of events signed as Standard Webhooks; answers for each event by itself.',
    access: 'public',
    params: z.object({ storeId: z.string() }),
    body: z.object({ events: z.array(signedEvent).min(1).max(MOST_EVENTS) }),
    response: z.object({
      results: z.array(
        z.object({
          eventId: z.string(),
          status: z.enum(['accepted', 'known', 'rejected']),
          code: z.string().optional().meta({ description: 'Why it was rejected' }),
          message: z.string().optional(),
        }),
      ),
    }),
    status: 202,
  },
];

/**
 * `POST /hooks/v1/events/:storeId`: answers 202 once every event of the batch that can be kept is durable. The
 * signature is over the bytes, and nothing of them is read before it is checked.
 */
export function eventRoute({ findStore, acceptEventBatch, clock }: EventRouteDeps): AheadRoute {
  return {
    methods: ['POST'],
    path: PATH,
    async answer(request) {
      const body = await readSignedBody(request, LARGEST_BATCH);
      const deps = { findStore, now: clock() };
      const { id: storeId, merchantId } = await admitSignedRequest(deps, request, body);
      const results = await acceptEventBatch({ merchantId, storeId }, parseJson(body));
      return answerJson(202, { results });
    },
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError('malformed-body', 'The body is not JSON.', 'Send { "events": [ ... ] } as JSON.');
  }
}

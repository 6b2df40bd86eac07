import { z } from 'zod';
import {
  answerJson,
  checkShape,
  moment,
  readSignedBody,
  type AheadRoute,
  type RouteDescription,
} from '../../../platform/http/index.ts';
import type { Clock } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { formatMinorUnits } from '../../../shared/minor-units.ts';
import { POSTING_STATES } from '../../../shared/posting-state.ts';
import type { FindStore } from '../../../shared/store-connection.ts';
import { admitSignedRequest } from '../../ingest/index.ts';
import type { FindCredit } from './find-credit.ts';
import type { LimitQuestions } from './limit-questions.ts';
import type { ReceiptLinks } from './receipt-links.ts';

const PATH = '/hooks/v1/credits/:storeId';
/** Bytes of a question. */
const LARGEST_QUESTION = 1_024;

const question = z.strictObject({
  orderId: z.string().min(1).max(190).meta({ description: 'As the shop calls it' }),
});

const answer = z.object({
  state: z.enum(['credited', 'nobody', 'unknown']),
  words: z.array(z.string()).meta({ description: 'Who is credited and why; the first says the most' }),
  parts: z.array(
    z.object({
      affiliateName: z.string(),
      code: z.string().nullable(),
      amount: z.string().meta({ description: 'Decimal', example: '6.32' }),
      currency: z.string(),
      state: z.enum(POSTING_STATES).nullable(),
    }),
  ),
  receiptPath: z
    .string()
    .nullable()
    .meta({ description: 'On this server, for whoever has it; null where there is nothing to see' }),
  receiptEndsAt: moment.nullable(),
});

export interface CreditRouteDeps {
  findStore: Pick<FindStore, 'byId'>;
  findCredit: FindCredit;
  receiptLinks: ReceiptLinks;
  limitQuestions: LimitQuestions;
  clock: Clock;
}

/** What the OpenAPI document tells about it. */
export const creditDescriptions: RouteDescription[] = [
  {
    method: 'post',
    path: PATH,
    summary: 'Tells a shop who is credited for one of its orders and why; signed as Standard Webhooks.',
    access: 'public',
    params: z.object({ storeId: z.string() }),
    body: question,
    response: answer,
  },
];

/** `POST /hooks/v1/credits/:storeId`: signed as events are, and answers about that shop's orders alone. */
export function creditRoute({ findStore, limitQuestions, clock, ...deps }: CreditRouteDeps): AheadRoute {
  return {
    methods: ['POST'],
    path: PATH,
    headers: { 'Cache-Control': 'no-store' },
    async answer(request) {
      const body = await readSignedBody(request, LARGEST_QUESTION);
      const store = await admitSignedRequest({ findStore, now: clock() }, request, body);
      await limitQuestions(store.id);
      const { orderId } = checkShape(question, parseJson(body));
      return answerJson(200, await answerQuestion(deps, store, orderId));
    },
  };
}

async function answerQuestion(
  { findCredit, receiptLinks }: Pick<CreditRouteDeps, 'findCredit' | 'receiptLinks'>,
  { id: storeId, merchantId }: { id: string; merchantId: string },
  externalId: string,
): Promise<z.input<typeof answer>> {
  const asked = { merchantId, storeId, externalId };
  const { credit, order } = await findCredit(asked);
  const link = order && receiptLinks.sign(asked);
  const { state, words } = credit;
  return {
    state,
    words,
    parts: credit.parts.map(({ amount, ...part }) => ({
      ...part,
      amount: formatMinorUnits(amount, part.currency),
    })),
    receiptPath: link && `/receipts/${link.token}`,
    receiptEndsAt: link && link.endsAt,
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError('malformed-body', 'The body is not JSON.', 'Send { "orderId": "..." } as JSON.');
  }
}

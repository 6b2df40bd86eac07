import { z } from 'zod';
import { defineRoute, id, idParams, type RouteDefinition } from '../../platform/http/index.ts';
import { DomainError } from '../../shared/errors.ts';
import { presentPosting, postingSchema } from './present-posting.ts';
import type { createDecideCommission, Decider } from './decide-commission.ts';
import type { PostingAction } from './states/decide-posting.ts';

const MOST_AT_ONCE = 200;

/** Half a character (a cut emoji) is replaced as the database would, so that a receipt's hash holds (S16). */
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .overwrite((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'))
  .meta({ description: 'Shown to the affiliate as well' });
const payment = {
  reference: z.string().trim().min(1).max(120).meta({ description: 'Of the transfer, for the statement' }),
  paidOn: z.iso.date().meta({ example: '2026-11-01' }),
};

/** One action for many commissions; which of the other fields it needs is told by its own route. */
const manyDecisions = z
  .strictObject({
    commissionIds: z.array(id).min(1).max(MOST_AT_ONCE),
    action: z.enum(['approve', 'hold', 'release', 'reject', 'mark-paid']),
    reason: reason.optional(),
    reference: payment.reference.optional(),
    paidOn: payment.paidOn.optional(),
  })
  .transform(({ commissionIds, ...fields }, context) => {
    const parsed = action.safeParse(fields);
    if (parsed.success) return { commissionIds, action: parsed.data };
    parsed.error.issues.forEach((issue) => context.addIssue({ ...issue, code: 'custom' }));
    return z.NEVER;
  });

const action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('approve') }),
  z.strictObject({ action: z.literal('hold'), reason }),
  z.strictObject({ action: z.literal('release'), reason }),
  z.strictObject({ action: z.literal('reject'), reason }),
  z.strictObject({ action: z.literal('mark-paid'), ...payment }),
]);

const outcome = z.object({
  id: z.string(),
  status: z.enum(['done', 'refused']),
  /** Why it was refused. */
  code: z.string().nullable(),
  message: z.string().nullable(),
});

type DecideCommission = ReturnType<typeof createDecideCommission>;

/** What a person does with commissions, one by one or many at once, and with deleted orders (S6, S7). */
export function decisionRoutes({
  decideCommission: { decide, confirmRemoval },
}: {
  decideCommission: DecideCommission;
}): RouteDefinition[] {
  return [
    decisionRoute(decide, 'approve', {}, 'Approve a commission; it is payable when its hold is over.'),
    decisionRoute(decide, 'hold', { reason }, 'Keep a commission from being paid until it is released.'),
    decisionRoute(decide, 'release', { reason }, 'Let a held commission go on.'),
    decisionRoute(decide, 'reject', { reason }, 'Take a commission back; its order earns nothing any more.'),
    decisionRoute(decide, 'mark-paid', payment, 'Record that a payable commission was paid by your bank.'),
    defineRoute({
      method: 'post',
      path: '/api/v1/commissions/decisions',
      summary: 'One action for many commissions; each stands for itself, so one refusal stops no other.',
      access: 'merchant',
      body: manyDecisions,
      response: z.object({ results: z.array(outcome) }),
      async handle({ caller, body }) {
        const results: z.input<typeof outcome>[] = [];
        for (const commissionId of new Set(body.commissionIds)) {
          results.push(await decideOne(decide, caller, commissionId, body.action));
        }
        return { results };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/orders/:id/confirm-removal',
      summary: 'Take back what an order earned that was deleted in the store after its money was payable.',
      access: 'merchant',
      params: idParams,
      status: 204,
      async handle({ caller, params }) {
        await confirmRemoval(caller, params.id);
      },
    }),
  ];
}

/** The route of one action: its name is the path's last word, its fields are the body. */
function decisionRoute(
  decide: DecideCommission['decide'],
  name: PostingAction['action'],
  fields: Record<string, z.ZodType>,
  summary: string,
): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: `/api/v1/commissions/:id/${name}`,
    summary,
    access: 'merchant',
    params: idParams,
    ...(Object.keys(fields).length > 0 && { body: z.strictObject(fields) }),
    response: postingSchema,
    async handle({ caller, params, body = {} }) {
      const commission = await decide(caller, params.id, action.parse({ action: name, ...body }));
      return presentPosting(commission, params.id);
    },
  });
}

async function decideOne(
  decide: DecideCommission['decide'],
  caller: Decider,
  commissionId: string,
  decision: PostingAction,
): Promise<z.input<typeof outcome>> {
  try {
    await decide(caller, commissionId, decision);
    return { id: commissionId, status: 'done', code: null, message: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { id: commissionId, status: 'refused', code: error.code, message: error.message };
  }
}

import { z } from 'zod';
import { defineRoute, id, idParams, type RouteDefinition } from '../../platform/http/index.ts';
import { DomainError } from '../../shared/errors.ts';
import { presentPosting, postingSchema } from './present-posting.ts';
import type { createDecideCommission, Decider } from './decide-commission.ts';
import type { PostingAction } from './decide-posting.ts';

const MOST_AT_ONCE = 200;

const reason = z.string().trim().min(1).max(500).meta({ description: 'Shown to the affiliate as well' });
const action = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('approve') }),
    z.strictObject({ action: z.literal('hold'), reason }),
    z.strictObject({ action: z.literal('release'), reason }),
    z.strictObject({ action: z.literal('reject'), reason }),
    z.strictObject({
      action: z.literal('mark-paid'),
      reference: z
        .string()
        .trim()
        .min(1)
        .max(120)
        .meta({ description: 'Of the transfer, for the statement' }),
      paidOn: z.iso.date(),
    }),
  ])
  .meta({ id: 'CommissionAction' });

const outcome = z.object({
  id: z.string(),
  status: z.enum(['done', 'refused']),
  /** Why it was refused. */
  code: z.string().nullable(),
  message: z.string().nullable(),
});

/** What a person does with commissions, one by one or many at once (S6, S7). */
export function decisionRoutes({
  decideCommission: { decide, confirmRemoval },
}: {
  decideCommission: ReturnType<typeof createDecideCommission>;
}): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/commissions/:id/decision',
      summary: 'Approve, hold, release, reject or mark as paid a commission and the reversals of it.',
      access: 'merchant',
      params: idParams,
      body: action,
      response: postingSchema,
      async handle({ caller, params, body }) {
        const commission = await decide(caller, params.id, body);
        return presentPosting(commission, params.id);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/commissions/decisions',
      summary:
        'The same for many commissions; each stands for itself, so one that is refused stops no other.',
      access: 'merchant',
      body: z.strictObject({ commissionIds: z.array(id).min(1).max(MOST_AT_ONCE), decision: action }),
      response: z.object({ items: z.array(outcome) }),
      async handle({ caller, body: { commissionIds, decision } }) {
        const items: z.input<typeof outcome>[] = [];
        for (const commissionId of new Set(commissionIds)) {
          items.push(await decideOne(decide, caller, commissionId, decision));
        }
        return { items };
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

async function decideOne(
  decide: ReturnType<typeof createDecideCommission>['decide'],
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

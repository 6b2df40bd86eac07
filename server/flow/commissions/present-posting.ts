import { z } from 'zod';
import { moment, money } from '../../platform/http/index.ts';
import { POSTING_STATES } from '../../shared/posting-state.ts';
import type { Commission } from './commission.model.ts';

/** A commission or reversal as the API lists it. */
export const postingSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  orderVersion: z.int(),
  affiliateId: z.string(),
  programId: z.string(),
  kind: z.enum(['commission', 'reversal']),
  /** The commission that a reversal takes back. */
  reverses: z.string().nullable(),
  amount: money,
  base: money,
  postedAt: moment,
  state: z.enum(POSTING_STATES),
  states: z.array(
    z.object({ state: z.enum(POSTING_STATES), at: moment, by: z.string(), reason: z.string().nullable() }),
  ),
  /** When its hold is over; null while the hold does not run. */
  holdEndsAt: moment.nullable(),
});

/**
 * One posting of a commission as the API shows it.
 * @throws Error when the posting is not of this commission.
 */
export function presentPosting(
  { postings, holdEndsAt }: Pick<Commission, 'postings' | 'holdEndsAt'>,
  postingId: string,
): z.input<typeof postingSchema> {
  const posting = postings.find(({ id }) => id === postingId);
  if (!posting) throw new Error(`posting ${postingId} is not there`);
  const { amount, currency, receipt } = posting;
  const { id: orderId, number: orderNumber, version: orderVersion } = receipt.order;
  return {
    ...posting,
    orderId,
    orderNumber,
    orderVersion,
    kind: amount < 0n ? 'reversal' : 'commission',
    amount: { amount, currency },
    base: { amount: receipt.base, currency },
    holdEndsAt,
  };
}

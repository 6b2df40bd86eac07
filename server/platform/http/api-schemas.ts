import { z } from 'zod';

/** An id in a path or a body: any short text; what is not there is answered with 404. */
export const id = z.string().min(1).max(64);

/** The `:id` of a path. */
export const idParams = z.object({ id });

/** A moment in an answer, ISO 8601 UTC. */
export const moment = z.date().meta({ format: 'date-time' });

/** A moment in a request: ISO 8601 with `Z` or an offset. */
export const momentInput = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** An amount in an answer: minor units and currency (S1). */
export const money = z.object({
  amount: z.bigint().meta({ type: 'integer', format: 'int64', description: 'Minor units' }),
  currency: z.string().length(3),
});

import { z } from 'zod';
import { invalidInput } from './parse-inputs.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 200;

/** Which part of a list is asked for: `?limit=1..200&cursor=`. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** One part of a list, newest first; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What a list is ordered by, in the database's words. */
export const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

/** The query members of every list; filters are added by `.extend`. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LARGEST_LIMIT)
    .default(DEFAULT_LIMIT)
    .meta({ type: 'integer', description: 'How many at most' }),
  cursor: z.string().max(200).optional().meta({ description: '`nextCursor` of the page before' }),
});

/** The answer of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * The filter for what comes after a cursor in the order NEWEST_FIRST; empty for the first page.
 * @throws DomainError `invalid-input` for a cursor that no page gave.
 */
export function afterCursor(cursor: string | undefined): object {
  if (cursor === undefined) return {};
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const createdAt = new Date(time);
  if (Number.isNaN(createdAt.getTime()) || id === '') {
    throw invalidInput([{ path: 'cursor', message: 'Send the `nextCursor` of the page before, unchanged.' }]);
  }
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
}

/** Makes a page of rows that were read with one more than the limit, to see whether there is a next page. */
export function toPage<T extends { id: string; createdAt: Date }>(rows: T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items, nextCursor: null };
  const position = `${last.createdAt.toISOString()} ${last.id}`;
  return { items, nextCursor: Buffer.from(position).toString('base64url') };
}

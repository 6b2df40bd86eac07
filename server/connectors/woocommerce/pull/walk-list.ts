import { z } from 'zod';
import { SECOND } from '../../../shared/clock.ts';
import { checkShape } from '../../../platform/http/index.ts';
import { moment } from '../order.schema.ts';
import type { WooParams } from '../rest/write-params.ts';
import type { Ask } from './ask-again.ts';

/** A list, and by which of its dates it is walked. */
export interface Walk {
  path: 'orders' | 'refunds';
  by: 'modified' | 'created';
  params: WooParams;
  /** Moments after this one, to the second. */
  after: Date;
  before?: Date;
}

/** Rows of a list, and the date of the last: everything up to it was given, itself included. */
export interface WalkedPage {
  rows: Row[];
  last: Date;
}

const rowSchema = z.looseObject({
  id: z.int(),
  date_created_gmt: moment,
  date_modified_gmt: moment.nullish(),
});
type Row = { id: number; at: Date; body: unknown };

const PAGE = 100;
/** Rows of one second move only when somebody changes one meanwhile: so many may, and none is passed over. */
const STEP = 80;

/**
 * Walks a list by a date, the oldest first, and goes on from the date of the last row and not by page number: rows
 * move while they are read (woocommerce.md 8). Rows of one second may come twice; none is left out.
 */
export async function* walkList(ask: Ask, walk: Walk): AsyncGenerator<WalkedPage> {
  for (let after = walk.after; ;) {
    const rows = await read(ask, walk, { after, before: walk.before }, { offset: 0, by: 'date' });
    const last = rows.at(-1);
    if (!last) return;
    const isLast = rows.length < PAGE;
    const isOneSecond = last.at.getTime() - SECOND <= after.getTime();
    if (!isLast && isOneSecond) for await (const page of readSecond(ask, walk, last.at)) yield page;
    else yield { rows, last: last.at };
    if (isLast) return;
    // Strictly after: the second of the last row is read again, unless it was read whole.
    after = isOneSecond ? last.at : new Date(last.at.getTime() - SECOND);
  }
}

/** All rows of one second, where they are more than a page: by their ids, which do not move. */
async function* readSecond(ask: Ask, walk: Walk, second: Date): AsyncGenerator<WalkedPage> {
  const range = {
    after: new Date(second.getTime() - SECOND),
    before: new Date(second.getTime() + SECOND),
  };
  for (let offset = 0; ; offset += STEP) {
    const rows = await read(ask, walk, range, { offset, by: 'id' });
    if (rows.length > 0) yield { rows, last: range.after };
    if (rows.length < PAGE) return;
  }
}

async function read(
  ask: Ask,
  { path, by, params }: Walk,
  { after, before }: { after: Date; before: Date | undefined },
  place: { offset: number; by: 'date' | 'id' },
): Promise<Row[]> {
  const prefix = by === 'modified' ? 'modified_' : '';
  const orderby = place.by === 'id' ? 'id' : by === 'modified' && path === 'orders' ? 'modified' : 'date';
  const { body } = await ask(path, {
    ...params,
    [`${prefix}after`]: naive(after),
    [`${prefix}before`]: before && naive(before),
    dates_are_gmt: true,
    orderby,
    order: 'asc',
    per_page: PAGE,
    offset: place.offset === 0 ? undefined : place.offset,
  });
  return checkShape(z.array(z.unknown()), body).map((row) => {
    const { id, date_created_gmt: created, date_modified_gmt: modified } = checkShape(rowSchema, row);
    return { id, at: by === 'modified' ? (modified ?? created) : created, body: row };
  });
}

/** UTC without a Z: with one, and dates_are_gmt, the filter would be shifted by the hours of the shop. */
const naive = (date: Date): string => date.toISOString().slice(0, 19);

import { restError, type FakeAnswer, type FakeRequest } from './fake-route.ts';

type Query = FakeRequest['query'];

/** What lists look at; orders and refunds have it. */
export interface Listed {
  id: number;
  status: string;
  /** UTC without saying so: `2026-11-21T03:31:44`. */
  createdAt: string;
  modifiedAt: string;
  parentId: number | null;
}

export interface ListSettings {
  /** Hours by which the shop's clock is ahead of UTC. */
  hoursAhead: number;
}

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 10;
const HOUR = 3_600_000;

/**
 * A page of a list as WooCommerce 10.5 gives it, with the totals of `x-wp-total` (woocommerce.md 8).
 * @returns the rows and headers, or the refusal of a page that is too large
 */
export function selectPage<T extends Listed>(
  rows: readonly T[],
  query: Query,
  settings: ListSettings,
): { rows: T[]; headers: Record<string, string> } | FakeAnswer {
  const size = readWhole(query, 'per_page') ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    return restError(400, 'rest_invalid_param', 'Invalid parameter(s): per_page');
  }
  const found = rows.filter((row) => matches(row, query, settings)).sort(ordering(query));
  const start = readWhole(query, 'offset') ?? ((readWhole(query, 'page') ?? 1) - 1) * size;
  const headers = {
    'X-WP-Total': String(found.length),
    'X-WP-TotalPages': String(Math.ceil(found.length / size)),
  };
  return { rows: found.slice(start, start + size), headers };
}

function matches(row: Listed, query: Query, settings: ListSettings): boolean {
  const isGmt = query.get('dates_are_gmt') === 'true';
  /** What a bound is compared with is in UTC or in shop time, as dates_are_gmt says. */
  const shown = (moment: string): string => (isGmt ? moment : shift(moment, settings.hoursAhead));
  const bound = (name: string): string | undefined => readBound(query.get(name), settings);
  const [after, before] = [bound('modified_after'), bound('modified_before')];
  const [placedAfter, placedBefore] = [bound('after'), bound('before')];
  const [modified, created] = [shown(row.modifiedAt), shown(row.createdAt)];
  const include = query.get('include')?.split(',');
  return (
    hasStatus(row, query.get('status') ?? 'any') &&
    // Strict, to the second.
    (after === undefined || modified > after) &&
    (before === undefined || modified < before) &&
    (placedAfter === undefined || created > placedAfter) &&
    (placedBefore === undefined || created < placedBefore) &&
    (include === undefined || include.includes(String(row.id)))
  );
}

/** "any" is every status but the trash; a list may be CSV. */
function hasStatus({ status }: Listed, wanted: string): boolean {
  return wanted === 'any' ? status !== 'trash' : wanted.split(',').includes(status);
}

/**
 * A bound as WordPress reads it: one with a Z is turned into shop time, and compared as that also with UTC, where
 * dates_are_gmt asks for it; a naive one is taken as it is.
 */
function readBound(text: string | undefined, { hoursAhead }: ListSettings): string | undefined {
  if (text === undefined) return undefined;
  return text.endsWith('Z') ? shift(text.slice(0, 19), hoursAhead) : text.slice(0, 19);
}

function shift(moment: string, hours: number): string {
  return new Date(Date.parse(`${moment}Z`) + hours * HOUR).toISOString().slice(0, 19);
}

function ordering(query: Query): (a: Listed, b: Listed) => number {
  const by = query.get('orderby') ?? 'date';
  const sign = query.get('order') === 'asc' ? 1 : -1;
  const keyOf = (row: Listed): string =>
    by === 'modified' ? row.modifiedAt : by === 'id' ? '' : row.createdAt;
  return (a, b) => {
    if (keyOf(a) !== keyOf(b)) return keyOf(a) < keyOf(b) ? -sign : sign;
    return sign * (a.id - b.id);
  };
}

function readWhole(query: Query, name: string): number | undefined {
  const text = query.get(name);
  return text === undefined ? undefined : parseInt(text, 10);
}

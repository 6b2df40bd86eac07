import { TZDate } from '@date-fns/tz';

/** A calendar month in a time zone: from the first moment, up to but not including `to`. */
export interface Month {
  /** "2026-09" */
  period: string;
  timeZone: string;
  from: Date;
  to: Date;
}

/**
 * The bounds of a calendar month in the merchant's time zone (S14). Both are made the same way, so that
 * months follow each other without a gap, also where the clocks change at midnight.
 * @param period "YYYY-MM"
 * @throws RangeError for another form of `period`, and for a time zone that does not exist.
 */
export function findMonthBounds(period: string, timeZone: string): Month {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (!match) throw new RangeError(`"${period}" is not a month in the form YYYY-MM`);
  const [, year = '', month = ''] = match;
  const firstOf = (monthIndex: number): Date => {
    const midnight = new TZDate(parseInt(year, 10), monthIndex, 1, timeZone).getTime();
    if (Number.isNaN(midnight)) throw new RangeError(`"${timeZone}" is not a time zone`);
    return new Date(midnight);
  };
  const monthNumber = parseInt(month, 10);
  return { period, timeZone, from: firstOf(monthNumber - 1), to: firstOf(monthNumber) };
}

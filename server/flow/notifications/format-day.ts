import { TZDate } from '@date-fns/tz';
// By its own path: the index would load three hundred functions at start.
import { format } from 'date-fns/format';

/** A day for people, in a time zone: "3 September 2026". */
export function formatDay(moment: Date, timeZone: string): string {
  return format(new TZDate(moment, timeZone), 'd MMMM yyyy');
}

/** A day inside a month that is named elsewhere: "3 Sep". */
export function formatShortDay(moment: Date, timeZone: string): string {
  return format(new TZDate(moment, timeZone), 'd MMM');
}

/** A month for people: "September 2026". */
export function formatMonth(moment: Date, timeZone: string): string {
  return format(new TZDate(moment, timeZone), 'MMMM yyyy');
}

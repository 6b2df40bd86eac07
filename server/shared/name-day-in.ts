const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment in a time zone (IANA name), yyyy-mm-dd. */
export function nameDayIn(timeZone: string, moment: Date): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Sweden writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(moment);
}

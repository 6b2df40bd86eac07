/** The day of a moment in UTC, e.g. `2026-10-02`. */
export function nameDay(moment: Date): string {
  return moment.toISOString().slice(0, 'yyyy-mm-dd'.length);
}

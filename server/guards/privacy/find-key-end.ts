import { DAY } from '../../shared/clock.ts';

/** When the key of a day (UTC, `2026-10-02`) is destroyed: so many days after the day has ended. */
export function findKeyEnd(day: string, ipHashDays: number): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + (1 + ipHashDays) * DAY);
}

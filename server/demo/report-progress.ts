import { DAY } from '../shared/clock.ts';
import type { MonthPlan } from './plan/month-plan.ts';
import type { Delivered } from './shops/send-deliveries.ts';

const REPORT_EVERY_DAYS = 5;

/** Says every few days of the made-up month how far it has come. */
export function createProgressReporter(
  { deliveries, startsAt, endsAt }: Pick<MonthPlan, 'deliveries' | 'startsAt' | 'endsAt'>,
  say: (line: string) => void,
): (moment: Date, delivered: readonly Delivered[]) => void {
  let last = dayOf(startsAt);
  return (moment, delivered) => {
    if (delivered.length === 0 || moment > endsAt) return;
    const day = dayOf(moment);
    if (day - last < REPORT_EVERY_DAYS) return;
    last = day;
    say(
      `  ${moment.toISOString().slice(0, 10)}   ${delivered.length} of ${deliveries.length} messages delivered`,
    );
  };
}

const dayOf = (moment: Date): number => Math.floor(moment.getTime() / DAY);

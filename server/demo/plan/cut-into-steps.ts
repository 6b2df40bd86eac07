import { HOUR } from '../../shared/clock.ts';
import type { MonthPlan, PlannedClick, PlannedDelivery } from './month-plan.ts';

/** How far the clock moves at once. */
const STEP = 12 * HOUR;

/** What happens between two moves of the clock: first the clicks, then the deliveries. */
export interface Step {
  end: Date;
  /** In the order of time. */
  clicks: PlannedClick[];
  /** In the order of arrival. */
  deliveries: PlannedDelivery[];
}

/** A month in steps; those in which nothing happens are left out. */
export function cutIntoSteps({ orders, deliveries }: Pick<MonthPlan, 'orders' | 'deliveries'>): Step[] {
  const steps = new Map<number, Step>();
  const stepAt = (moment: Date): Step => {
    const number = Math.floor(moment.getTime() / STEP);
    const step = steps.get(number) ?? { end: new Date((number + 1) * STEP), clicks: [], deliveries: [] };
    steps.set(number, step);
    return step;
  };
  const clicks = orders.flatMap((order) => order.clicks);
  for (const click of clicks.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    stepAt(click.at).clicks.push(click);
  }
  for (const delivery of deliveries) stepAt(delivery.arrivesAt).deliveries.push(delivery);
  return [...steps.values()].sort((a, b) => a.end.getTime() - b.end.getTime());
}

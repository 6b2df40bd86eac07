import { HOUR } from '../../shared/clock.ts';
import type { Decision } from './decision.ts';

/** Where no programme is involved yet, the default settle time holds. */
const DEFAULT_SETTLE_HOURS = 48;

/** The moment after which only a person changes a decision: T + the longest settle time involved (S3). */
export function freezesAt({ input }: Pick<Decision, 'input'>): Date {
  const hours = Object.values(input.settings).map(({ settings }) => settings.settleHours);
  const settle = hours.length > 0 ? Math.max(...hours) : DEFAULT_SETTLE_HOURS;
  return new Date(input.placedAt.getTime() + settle * HOUR);
}

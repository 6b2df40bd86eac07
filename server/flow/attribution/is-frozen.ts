import { HOUR } from '../../shared/clock.ts';
import type { Decision } from './decision.ts';

/** Where no programme is involved yet, the default settle time holds. */
const DEFAULT_SETTLE_HOURS = 48;

/** True once T + settle time has passed: then only a person changes a decision (S3). */
export function isFrozen(decision: Decision, now: Date): boolean {
  const hours = Object.values(decision.input.settings).map(({ settings }) => settings.settleHours);
  const settle = hours.length > 0 ? Math.max(...hours) : DEFAULT_SETTLE_HOURS;
  return now.getTime() > decision.input.placedAt.getTime() + settle * HOUR;
}

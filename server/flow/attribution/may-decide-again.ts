import { HOUR } from '../../shared/clock.ts';
import type { Decision } from './decision.ts';

/** Where no programme is involved yet, the default settle time holds. */
const DEFAULT_SETTLE_HOURS = 48;

/**
 * Whether an order may be decided again (S3): while the settle time runs, and afterwards only for evidence that
 * was accepted before its end and not looked at yet, because a backlog must not decide who earns.
 * @param evidence when it was accepted, and when what was last looked at was accepted
 */
export function mayDecideAgain(
  last: Pick<Decision, 'input'>,
  evidence: { acceptedAt: Date; lookedAtUntil: Date },
  now: Date,
): boolean {
  const end = freezesAt(last);
  return now <= end || (evidence.acceptedAt <= end && evidence.acceptedAt > evidence.lookedAtUntil);
}

/** The moment after which only a person changes a decision: T + the longest settle time involved (S3). */
function freezesAt({ input }: Pick<Decision, 'input'>): Date {
  const hours = Object.values(input.settings).map(({ settings }) => settings.settleHours);
  const settle = hours.length > 0 ? Math.max(...hours) : DEFAULT_SETTLE_HOURS;
  return new Date(input.placedAt.getTime() + settle * HOUR);
}

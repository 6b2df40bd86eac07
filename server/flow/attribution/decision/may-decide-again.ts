import { HOUR } from '../../../shared/clock.ts';
import { DEFAULT_SETTLE_HOURS } from '../../../shared/program-settings.ts';
import type { Decision } from './decision.ts';

/**
 * Whether an order may be decided again (S3): while the settle time runs, and afterwards only for news (evidence,
 * or a change of an earlier order) that was accepted before its end and not looked at yet, because a backlog must
 * not decide who earns.
 * @param news when it was accepted, and when what was last looked at was accepted
 */
export function mayDecideAgain(
  last: Pick<Decision, 'input'>,
  news: { acceptedAt: Date; lookedAtUntil: Date },
  now: Date,
): boolean {
  const end = freezesAt(last);
  return now <= end || (news.acceptedAt <= end && news.acceptedAt > news.lookedAtUntil);
}

/**
 * The moment after which only a person changes a decision: T + the longest settle time involved, or of all
 * programmes where none is involved yet (S3). A programme
 * that only a person brought in does not count, so that an assignment never thaws what is frozen.
 */
function freezesAt({ input }: Pick<Decision, 'input'>): Date {
  const evident = input.touches.filter((touch) => touch.class !== 'manual');
  const hours = [...new Set(evident.map(({ programId }) => programId))].flatMap(
    (programId) => input.settings[programId]?.settings.settleHours ?? [],
  );
  const settle = hours.length > 0 ? Math.max(...hours) : (input.longestSettleHours ?? DEFAULT_SETTLE_HOURS);
  return new Date(input.placedAt.getTime() + settle * HOUR);
}

import type { CodeAssignment } from '../../../shared/history.ts';

/**
 * The assignments of a code after it changes hands now: the running one ends, and the next one begins at the
 * same moment, so that a code has one owner at a time (S10). Unchanged when the owner stays the same.
 *
 * @param nextOwner null = nobody
 */
export function handOverCode(
  assignments: readonly CodeAssignment[],
  nextOwner: string | null,
  now: Date,
): CodeAssignment[] {
  const running = assignments.find(({ until }) => until === null);
  if ((running?.affiliateId ?? null) === nextOwner) return [...assignments];
  const ended = assignments.map((each) => (each === running ? { ...each, until: now } : each));
  return nextOwner === null ? ended : [...ended, { affiliateId: nextOwner, from: now, until: null }];
}

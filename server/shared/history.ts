/** The version that held at a moment; undefined before the first one. Later versions win a tie. */
export function versionAt<V extends { version: number; effectiveFrom: Date }>(
  versions: readonly V[],
  moment: Date,
): V | undefined {
  return versions
    .filter((candidate) => candidate.effectiveFrom <= moment)
    .toSorted((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.version - b.version)
    .at(-1);
}

/** One step in a history of statuses, in the order of time. */
export interface StatusChange<S extends string> {
  status: S;
  from: Date;
}

/** The status that held at a moment; undefined before the first one. */
export function statusAt<S extends string>(history: readonly StatusChange<S>[], moment: Date): S | undefined {
  return history.findLast((change) => change.from <= moment)?.status;
}

/**
 * A history with one more step; unchanged when it stands there already.
 *
 * @param moves from each status, where it may go
 * @returns undefined when the table does not allow the step
 */
export function appendStatus<S extends string>(
  history: readonly StatusChange<S>[],
  status: S,
  moves: Readonly<Record<S, readonly S[]>>,
  now: Date,
): StatusChange<S>[] | undefined {
  const last = history.at(-1);
  if (last?.status === status) return [...history];
  if (last && !moves[last.status].includes(status)) return undefined;
  const from = last && last.from > now ? last.from : now;
  return [...history, { status, from }];
}

/** In which group a membership is, from a moment on; null = in none (S5: the group's rate). */
export interface GroupChange {
  group: string | null;
  from: Date;
}

/** The group at a moment; null = none. */
export function groupAt(history: readonly GroupChange[], moment: Date): string | null {
  return history.findLast((change) => change.from <= moment)?.group ?? null;
}

/** Who owned a coupon code, from (inside) until (outside); null = still. */
export interface CodeAssignment {
  affiliateId: string;
  from: Date;
  until: Date | null;
}

/** Who owned a code at a moment (S10): the owner at redemption counts. */
export function ownerAt(assignments: readonly CodeAssignment[], moment: Date): string | undefined {
  return assignments.find(({ from, until }) => from <= moment && (until === null || moment < until))
    ?.affiliateId;
}

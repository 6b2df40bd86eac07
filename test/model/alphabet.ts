/** What may happen in a made-up sequence, with how often: a kind is drawn once per mention. */
export const KINDS = [
  ...['touch', 'touch', 'touch', 'place', 'place', 'place', 'place', 'place', 'place', 'pay', 'pay', 'edit'],
  ...['edit', 'refund-lines', 'refund-lines', 'refund-amount', 'refund-alone', 'refund-fails'],
  ...['refund-succeeds', 'cancel', 'reopen', 'remove', 'restore', 'void', 'unknown-status', 'clue', 'clue'],
  ...['pull', 'deliver-held', 'deliver-held', 'deliver-held', 'repeat', 'repeat'],
  ...['rules', 'settings', 'suspend', 'activate', 'give-coupon', 'wait', 'wait'],
  ...['assign', 'assign', 'approve', 'reject', 'hold', 'release', 'mark-paid', 'confirm-removal'],
] as const;

export type StepKind = (typeof KINDS)[number];

/** One step as it is drawn: small numbers, so that a failing sequence shrinks to a readable one. */
export interface Step {
  kind: StepKind;
  /** Which order, visitor, affiliate or held delivery; taken modulo how many there are. */
  which: number;
  /** An amount, or where it comes from. */
  size: number;
  /** Bits that choose between variants; 0 is the plainest. */
  variant: number;
  /** Index into WAITS: how long after the step before. */
  wait: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Also shorter than the two minutes by which clocks may differ, so that a buyer may click in them. */
export const WAITS = [3 * MINUTE, 20 * MINUTE, MINUTE / 2, 11 * HOUR, 30 * HOUR, 9 * 24 * HOUR];

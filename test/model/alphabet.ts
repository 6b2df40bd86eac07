/** What may happen in a made-up sequence, with how often: a kind is drawn once per mention. */
export const BUILT = [
  ...['touch', 'touch', 'touch', 'place', 'place', 'place', 'place', 'place', 'place', 'pay', 'edit', 'edit'],
  ...['refund-lines', 'refund-lines', 'refund-amount', 'refund-alone', 'refund-fails', 'refund-succeeds'],
  ...['cancel', 'reopen', 'remove', 'restore', 'void', 'unknown-status', 'clue', 'clue', 'pull'],
  ...['deliver-held', 'deliver-held', 'deliver-held', 'repeat', 'repeat'],
  ...['rules', 'settings', 'suspend', 'activate', 'give-coupon', 'wait'],
] as const;

/**
 * What the reference model knows and the in-memory product cannot do yet (S7, S11). To take one in: bind it in
 * in-memory-product.ts (`decideByPerson`, `passTime`) and move its name into BUILT.
 */
export const NOT_BUILT = ['assign', 'approve', 'reject', 'hold', 'release', 'confirm-removal'] as const;

/** Whether commissions become payable at the end of their hold (S7); until then only the sums are compared. */
export const HAS_PAYABLE = false;

export type StepKind = (typeof BUILT)[number] | (typeof NOT_BUILT)[number];

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

/**
 * Longer than the two minutes by which clocks may differ, so that nobody clicks in the very minutes after an
 * order; what happens then is in open-questions.test.ts.
 */
export const WAITS = [3 * MINUTE, 20 * MINUTE, 11 * HOUR, 30 * HOUR, 9 * 24 * HOUR];

import { note, ok, problem, type Finding } from './finding.ts';

/** What the server answered to the touch. */
export interface TouchAnswer {
  status: number;
  /** `error.code` and `error.message` of a refusal, where it has them. */
  code: string;
  message: string;
}

/**
 * What the server's answer means to the owner of the shop.
 * @param code that the visit carried; undefined when it was one that nobody has
 */
export function judgeTouch(
  { status, code: refusal, message }: TouchAnswer,
  code: string | undefined,
): Finding[] {
  if (status >= 200 && status < 300) {
    return [
      ok(
        `A touch arrives: the server took a visit${code === undefined ? '' : ` with the code ${code}`} (${status}).`,
      ),
    ];
  }
  if (status === 404) {
    const help = 'Take the storeKey from the answer of connecting the store, or from GET /api/v1/stores.';
    return [problem('The server does not know the store that the tag names, or it was disconnected.', help)];
  }
  if (refusal === 'unknown-code' && code === undefined) {
    const help = 'To see one recorded, give a code of your own affiliates: --code CODE';
    return [
      ok('A touch arrives, and the server knows the store.'),
      note('The visit of this check had a code that nobody has, so that nothing was recorded.', help),
    ];
  }
  if (refusal === 'unknown-code') {
    const help = "Codes are those of the programme's memberships: GET /api/v1/programs/:id/memberships";
    return [
      ok('A touch arrives, and the server knows the store.'),
      problem(`No affiliate has the code ${code}.`, help),
    ];
  }
  if (status === 429) {
    return [problem('The server refused the touch: too many visits from here.', 'Try again in a minute.')];
  }
  const help = "Look at the server's log under the same time.";
  return [problem(`The server refused the touch (${status}). ${message}`.trim(), help)];
}

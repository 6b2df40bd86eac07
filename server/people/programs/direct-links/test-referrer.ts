import { HOUR } from '../../../shared/clock.ts';
import { notFound } from '../../../shared/errors.ts';
import { hashToken, randomToken } from '../../../platform/crypto/index.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { judgeReferrer, type ReferrerVerdict } from './judge-referrer.ts';
import { directLinkOrThrow, type DirectLinkDeps, type DirectLinkRef } from './register-direct-link.ts';

const GOOD_FOR = 24 * HOUR;
const TOKEN_BYTES = 16;

/** A one-time address on this server, to be linked from the affiliate's page and opened there. */
export interface TestAddress {
  path: string;
  expiresAt: Date;
}

/**
 * Makes a test of which referrer really arrives. It takes the place of an earlier one.
 * @throws DomainError `not-found`.
 */
export function startReferrerTest(deps: DirectLinkDeps, ref: DirectLinkRef): Promise<TestAddress> {
  const token = randomToken(TOKEN_BYTES);
  return untilSaved(async () => {
    const link = await directLinkOrThrow(deps, ref);
    const createdAt = deps.clock();
    const expiresAt = new Date(createdAt.getTime() + GOOD_FOR);
    const unopened = { arrivedAt: null, referrer: null, matches: null, result: null };
    const test = { tokenHash: hashToken(token), createdAt, expiresAt, ...unopened };
    const saved = await deps.directLinks.save(link, { test });
    return { saved, result: { path: `/t/${token}`, expiresAt } };
  });
}

/**
 * Takes down what arrived at the address of a test. The first visit counts: a later one is shown what came first.
 *
 * @param header the request's `Referer`
 * @throws DomainError `not-found` when there is no such test, or not any more.
 */
export function noteArrival(
  deps: Pick<DirectLinkDeps, 'directLinks' | 'clock'>,
  token: string,
  header: string | undefined,
): Promise<ReferrerVerdict> {
  return untilSaved<ReferrerVerdict>(async () => {
    const link = await deps.directLinks.byTestToken(hashToken(token));
    const now = deps.clock();
    if (!link?.test || link.test.expiresAt <= now) throw notFound('The test');
    const { arrivedAt, referrer, matches, result } = link.test;
    if (arrivedAt) {
      return { saved: true, result: { referrer, matches: matches ?? false, result: result ?? '' } };
    }
    const verdict = judgeReferrer(link, header);
    const test = { ...link.test, arrivedAt: now, ...verdict };
    return { saved: await deps.directLinks.save(link, { test }), result: verdict };
  });
}

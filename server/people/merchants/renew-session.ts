import { DomainError } from '../../shared/errors.ts';
import { signAccessToken } from './access-token.ts';
import { SESSION_LIFE, type SessionDeps, type SignedIn } from './open-session.ts';
import { makeRefreshToken, splitRefreshToken } from './refresh-token.ts';

/**
 * Exchanges a refresh token for new tokens. Each works once; one that was used before may be in a thief's
 * hands, so that it ends the whole sign-in.
 * @throws DomainError `unauthenticated`.
 */
export async function renewSession(deps: SessionDeps, refreshToken: string): Promise<SignedIn> {
  const now = deps.clock();
  const used = splitRefreshToken(refreshToken);
  const { token, tokenHash } = makeRefreshToken(used.sessionId);
  const expiresAt = new Date(now.getTime() + SESSION_LIFE);
  const session = await deps.sessions.rotate({ ...used, now }, { tokenHash, expiresAt });
  if (!session) {
    await deps.sessions.remove(used.sessionId);
    throw new DomainError('unauthenticated', 'This refresh token does not work any more.', 'Sign in again.');
  }
  const { merchantId, staffId, role } = session;
  const access = signAccessToken({ merchantId, staffId, role }, deps.tokenKey, now);
  return { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken: token };
}

import { DAY, type Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Caller } from '../../platform/http/index.ts';
import { signAccessToken } from './access-token.ts';
import { makeRefreshToken } from './refresh-token.ts';
import type { SignInSessionStore } from './sign-in-session.store.ts';

/** A sign-in ends when it was not renewed for so long. */
export const SESSION_LIFE = 30 * DAY;

export interface SessionDeps {
  sessions: SignInSessionStore;
  /** Signs access tokens. */
  tokenKey: Buffer;
  clock: Clock;
  newId: NewId;
}

/** What a client keeps: the access token for requests, the refresh token to renew it once. */
export interface SignedIn {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
}

/** Starts a sign-in for a caller who has proved who they are. */
export async function openSession(deps: SessionDeps, caller: Caller): Promise<SignedIn> {
  const now = deps.clock();
  const _id = deps.newId();
  const { token: refreshToken, tokenHash } = makeRefreshToken(_id);
  const expiresAt = new Date(now.getTime() + SESSION_LIFE);
  await deps.sessions.insert({ ...caller, _id, tokenHash, expiresAt });
  const access = signAccessToken(caller, deps.tokenKey, now);
  return { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken };
}

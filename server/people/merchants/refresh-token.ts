import { hashToken, randomToken } from '../../platform/crypto/index.ts';

/** A refresh token as the client keeps it: `<sign-in>.<secret>`. Only the secret's hash is stored. */
export function makeRefreshToken(sessionId: string): { token: string; tokenHash: string } {
  const secret = randomToken();
  return { token: `${sessionId}.${secret}`, tokenHash: hashToken(secret) };
}

/** Takes a client's refresh token apart; a text of another form gives parts that match nothing. */
export function splitRefreshToken(token: string): { sessionId: string; tokenHash: string } {
  const [sessionId = '', secret = ''] = token.split('.');
  return { sessionId, tokenHash: hashToken(secret) };
}

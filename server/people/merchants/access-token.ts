import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { MINUTE, SECOND } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import type { Caller } from '../../platform/http/index.ts';

const VALID_FOR = 15 * MINUTE;
const ISSUER = 'refledger';
const AUDIENCE = 'refledger-api';
const ALGORITHM = 'HS256';

const claims = z.object({ sub: z.string(), merchantId: z.string(), role: z.enum(['owner', 'staff']) });

/** A JWT that speaks for a member of the staff for fifteen minutes. */
export function signAccessToken(caller: Caller, key: Buffer, now: Date): { token: string; expiresAt: Date } {
  const { merchantId, staffId, role } = caller;
  const expiresAt = new Date(now.getTime() + VALID_FOR);
  const payload = { merchantId, role, iat: toSeconds(now), exp: toSeconds(expiresAt) };
  const options = { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE, subject: staffId } as const;
  return { token: jwt.sign(payload, key, options), expiresAt };
}

/**
 * Reads `Authorization: Bearer <JWT>`.
 * @throws DomainError `unauthenticated`, in the same words whatever is wrong.
 */
export function readAccessToken(header: string | undefined, key: Buffer, now: Date): Caller {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  try {
    // Given bytes, the library first tries to read them as a public key, which costs more than all the rest.
    const payload = jwt.verify(token ?? '', createSecretKey(key), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: toSeconds(now),
    });
    const { sub, merchantId, role } = claims.parse(payload);
    return { merchantId, staffId: sub, role };
  } catch {
    const help =
      'Sign in at /api/v1/auth/login and send `Authorization: Bearer <accessToken>`; ' +
      'an affiliate sends an API key in its place.';
    throw new DomainError('unauthenticated', 'You are not signed in, or no longer.', help);
  }
}

function toSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / SECOND);
}

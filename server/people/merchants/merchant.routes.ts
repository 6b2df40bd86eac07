import { z } from 'zod';
import { notFound } from '../../shared/errors.ts';
import { defineRoute, moment, type RouteDefinition } from '../../platform/http/index.ts';
import { signInEmail } from './merchant.ts';
import { splitRefreshToken } from './refresh-token.ts';
import { renewSession } from './renew-session.ts';
import { signIn, type SignInDeps } from './sign-in.ts';

const signedIn = z
  .object({ accessToken: z.string(), accessTokenExpiresAt: moment, refreshToken: z.string() })
  .meta({ id: 'SignedIn' });
const refreshBody = z.strictObject({ refreshToken: z.string().min(1).max(200) });
const role = z.enum(['owner', 'staff']);

/** Sign-in, its renewal and its end, and who the caller is. */
export function merchantRoutes(deps: SignInDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/login',
      summary: 'Sign in with e-mail and password',
      access: 'public',
      body: z.strictObject({ email: signInEmail, password: z.string().min(1).max(200) }),
      response: signedIn,
      handle: ({ body, ip }) => signIn(deps, { ...body, ip }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/refresh',
      summary: 'Exchange a refresh token for new tokens; each works once',
      access: 'public',
      body: refreshBody,
      response: signedIn,
      handle: ({ body }) => renewSession(deps, body.refreshToken),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/logout',
      summary: 'End a sign-in; answers the same when it is over already',
      access: 'public',
      body: refreshBody,
      status: 204,
      handle: ({ body }) => deps.sessions.end(splitRefreshToken(body.refreshToken)),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/me',
      summary: 'Who is signed in, and for which merchant',
      access: 'merchant',
      response: z.object({
        merchant: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), createdAt: moment }),
        staff: z.object({ id: z.string(), email: z.string(), role }),
      }),
      handle: async ({ caller }) => {
        const merchant = await deps.merchants.byId(caller.merchantId);
        const staff = merchant?.staff.find((member) => member.id === caller.staffId);
        if (!merchant || !staff) throw notFound('Your account');
        return { merchant, staff };
      },
    }),
  ];
}

import { isApiScope, type ApiScope } from '../../shared/api-scopes.ts';
import { DomainError } from '../../shared/errors.ts';

/** A signed-in member of a merchant's staff. Everything that the caller reads or writes is this merchant's. */
export interface Caller {
  merchantId: string;
  staffId: string;
  role: 'owner' | 'staff';
}

/** An affiliate, by an API key. Everything that the caller reads is this affiliate's own. */
export interface AffiliateCaller {
  merchantId: string;
  affiliateId: string;
}

/** A program of a merchant, by an API key. Everything that it reads or writes is this merchant's. */
export interface ProgramCaller {
  merchantId: string;
  keyId: string;
  scopes: readonly ApiScope[];
}

export type AnyCaller = Caller | AffiliateCaller | ProgramCaller;

/**
 * Who may call a route: anybody, the merchant's staff, its owners only, or an affiliate; a scope: the merchant's
 * staff, and its programs whose API key has the scope. Owners decide on secrets and on people; staff does the daily
 * work.
 */
export type Access = 'public' | 'merchant' | 'owner' | 'affiliate' | ApiScope;

/**
 * Tells who calls from the `Authorization` header.
 * @throws DomainError `unauthenticated` when the header is missing, expired or not ours.
 */
export type Authenticate = (authorization: string | undefined) => Promise<AnyCaller>;

/** The caller that a route of this access gets; a public route knows nobody. */
export type CallerOf<A extends Access> = A extends 'public'
  ? undefined
  : A extends 'affiliate'
    ? AffiliateCaller
    : A extends ApiScope
      ? Caller | ProgramCaller
      : Caller;

/**
 * Lets a caller through to a route, or refuses.
 * @throws DomainError `unauthenticated` or `forbidden`.
 */
export async function admitCaller(
  access: Access,
  identify: () => Promise<AnyCaller>,
): Promise<AnyCaller | undefined> {
  if (access === 'public') return undefined;
  const caller = await identify();
  if ('affiliateId' in caller) {
    if (access !== 'affiliate') throw forMerchants();
  } else if ('keyId' in caller) {
    if (!isApiScope(access)) throw forPeople();
    if (!caller.scopes.includes(access)) throw outOfScope(access);
  } else {
    if (access === 'affiliate') throw forAffiliates();
    if (access === 'owner' && caller.role !== 'owner') throw forOwners();
  }
  return caller;
}

function forPeople(): DomainError {
  const help = 'Sign in at /api/v1/auth/login; the routes that an API key opens are in /api/v1/openapi.json.';
  return new DomainError('forbidden', 'This is for people, and you call with an API key.', help);
}

function outOfScope(scope: ApiScope): DomainError {
  const help = 'Ask an owner of your account for a key with it, from POST /api/v1/api-keys.';
  return new DomainError('forbidden', `This API key has not the scope "${scope}".`, help);
}

function forOwners(): DomainError {
  const help = 'Ask an owner of your account to do it.';
  return new DomainError('forbidden', 'Only an owner may do this.', help);
}

function forMerchants(): DomainError {
  const help =
    'An affiliate calls what is below /api/v1/affiliate; the merchant signs in at /api/v1/auth/login.';
  return new DomainError('forbidden', "This is for the merchant's staff, and you are an affiliate.", help);
}

function forAffiliates(): DomainError {
  const help =
    "Call it with an affiliate's API key, from POST /api/v1/affiliates/:id/api-keys. What you see of all " +
    'affiliates is at the same path without /affiliate, balances at /api/v1/ledger/balances.';
  return new DomainError('forbidden', "This is for an affiliate, and you are of the merchant's staff.", help);
}

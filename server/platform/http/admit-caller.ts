import { DomainError } from '../../shared/errors.ts';

/** A signed-in member of a merchant's staff. Everything that the caller reads or writes is this merchant's. */
export interface Caller {
  merchantId: string;
  staffId: string;
  role: 'owner' | 'staff';
}

/**
 * Who may call a route: anybody, the merchant's staff, or its owners only.
 * Owners decide on secrets and on people; staff does the daily work.
 */
export type Access = 'public' | 'merchant' | 'owner';

/**
 * Tells who calls from the `Authorization` header.
 * @throws DomainError `unauthenticated` when the header is missing, expired or not ours.
 */
export type Authenticate = (authorization: string | undefined) => Caller;

/** The caller that a route of this access gets; a public route knows nobody. */
export type CallerOf<A extends Access> = A extends 'public' ? undefined : Caller;

/**
 * Lets a caller through to a route, or refuses.
 * @throws DomainError `unauthenticated` or `forbidden`.
 */
export function admitCaller(access: Access, identify: () => Caller): Caller | undefined {
  if (access === 'public') return undefined;
  const caller = identify();
  if (access === 'owner' && caller.role !== 'owner') {
    throw new DomainError(
      'forbidden',
      'Only an owner may do this.',
      'Ask an owner of your account to do it.',
    );
  }
  return caller;
}

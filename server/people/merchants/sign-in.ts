import { DomainError } from '../../shared/errors.ts';
import { verifyPassword } from '../../platform/crypto/index.ts';
import type { SignInLimit } from './limit-sign-in.ts';
import type { MerchantStore } from './merchant.store.ts';
import { openSession, type SessionDeps, type SignedIn } from './open-session.ts';

export interface SignInDeps extends SessionDeps {
  merchants: MerchantStore;
  signInLimit: SignInLimit;
  /** The hash of a password that nobody has, so that an unknown e-mail costs the same work. */
  decoyHash: string;
}

/**
 * Signs a member of the staff in.
 * @param attempt the e-mail in lower case, the password, and the client's address for the limit
 * @throws DomainError `unauthenticated`, with the same words and work for an unknown e-mail and a wrong
 * password; RetryLater `too-many-requests`.
 */
export async function signIn(
  deps: SignInDeps,
  attempt: { email: string; password: string; ip: string },
): Promise<SignedIn> {
  const { email, password, ip } = attempt;
  await deps.signInLimit.countTry(email, ip);
  const found = await deps.merchants.byStaffEmail(email);
  const isRight = await verifyPassword(found?.member.passwordHash ?? deps.decoyHash, password);
  if (!found || !isRight) {
    throw new DomainError(
      'unauthenticated',
      'The e-mail or the password is wrong.',
      'Check both, and try again.',
    );
  }
  await deps.signInLimit.forgive(email, ip);
  const { merchant, member } = found;
  return openSession(deps, { merchantId: merchant.id, staffId: member.id, role: member.role });
}

import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import { hashPassword } from '../../platform/crypto/index.ts';
import type { Merchant, NewMerchant } from './merchant.ts';
import type { MerchantStore } from './merchant.store.ts';

/**
 * Creates a merchant with its first owner.
 * @param origin `first` for the setup page: refused when another merchant came from it.
 * @throws DomainError `conflict` when the e-mail signs somebody in already, or the first merchant exists.
 */
export async function createMerchant(
  deps: { merchants: MerchantStore; clock: Clock; newId: NewId },
  { name, timeZone, email, password }: NewMerchant,
  origin?: 'first',
): Promise<Merchant> {
  const passwordHash = await hashPassword(password);
  const owner = { id: deps.newId(), email, role: 'owner' as const, passwordHash };
  const merchant = { id: deps.newId(), name, timeZone, staff: [owner], createdAt: deps.clock() };
  const outcome = await deps.merchants.insert(merchant, origin);
  if (outcome === 'email-taken') {
    throw new DomainError(
      'conflict',
      'This e-mail address signs somebody in already.',
      'Use another address.',
    );
  }
  if (outcome === 'not-first') {
    throw new DomainError('conflict', 'Refledger was set up already.', 'Sign in instead.');
  }
  return merchant;
}

import type { Clock } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import { hashToken } from '../../platform/crypto/index.ts';
import { parseInput } from '../../platform/http/index.ts';
import { createMerchant } from './create-merchant.ts';
import { newMerchant, type Merchant } from './merchant.ts';
import type { MerchantStore } from './merchant.store.ts';
import type { SetupLinkStore } from './setup-link.store.ts';

export interface SetupDeps {
  merchants: MerchantStore;
  setupLinks: SetupLinkStore;
  clock: Clock;
  newId: NewId;
}

/** True while a setup link may be used: known, not expired, and no merchant exists yet. */
export async function isSetupOpen(deps: SetupDeps, token: string): Promise<boolean> {
  const isOpen = await deps.setupLinks.isOpen(hashToken(token), deps.clock());
  return isOpen && !(await deps.merchants.anyExists());
}

/**
 * Creates the first merchant and its owner, and uses up every setup link.
 * @throws DomainError `not-found` for a link that cannot be used, whatever the form; `invalid-input`; `conflict`
 * when another visitor was first.
 */
export async function completeSetup(deps: SetupDeps, token: string, form: unknown): Promise<Merchant> {
  if (!(await isSetupOpen(deps, token))) throw notFound('The setup link');
  const merchant = await createMerchant(deps, parseInput(newMerchant, form), 'first');
  await deps.setupLinks.removeAll();
  return merchant;
}

import { DomainError } from '../../../shared/errors.ts';
import type { StorefrontSettings } from '../../../shared/storefront-settings.ts';
import { readPrivacySignals } from './read-privacy-signals.ts';
import { refuseByPrivacy, type PrivacyWishes } from './refuse-by-privacy.ts';

/**
 * Lets nothing be kept of a visitor who does not wish it, as far as the merchant heeds that.
 * @throws DomainError `impossible` with the reason.
 */
export function respectWishes(
  settings: StorefrontSettings,
  consent: PrivacyWishes['consent'],
  headers: Parameters<typeof readPrivacySignals>[0],
): void {
  const reason = refuseByPrivacy(settings, { consent, ...readPrivacySignals(headers) });
  if (reason === undefined) return;
  throw new DomainError(
    'impossible',
    `Nothing is recorded: ${reason}.`,
    'Send it when the visitor has agreed; /api/v1/settings/storefront says what is respected.',
  );
}

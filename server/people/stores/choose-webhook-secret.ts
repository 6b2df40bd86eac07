import { DomainError } from '../../shared/errors.ts';
import type { Platform } from './store.ts';

/**
 * The secret that a platform signs its webhooks with: the given one, else a new one. Shopify signs with its
 * app's own, which nobody can choose, so that one made here would never fit.
 * @param field what the API calls the given secret
 * @throws DomainError `invalid-input` when a Shopify shop comes without.
 */
export function chooseWebhookSecret(
  platform: Platform,
  given: string | undefined,
  { field, make }: { field: string; make: () => string },
): string {
  if (given !== undefined) return given;
  if (platform !== 'shopify') return make();
  throw new DomainError(
    'invalid-input',
    "Shopify signs with a secret of its own, which is missing: the app's API secret key.",
    `Send it as \`${field}\`. Shopify shows it with the app's API credentials, as API secret key or client secret.`,
    [{ path: field, message: "Enter the app's API secret key." }],
  );
}

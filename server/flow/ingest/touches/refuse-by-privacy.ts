import type { StorefrontSettings } from '../../../shared/storefront-settings.ts';

/** What a visitor's browser, and the page that it was on, tell of their wishes. */
export interface PrivacyWishes {
  /** Null: nobody could ask, because no page of the shop was involved, and nothing is kept in the browser. */
  consent: boolean | null;
  doNotTrack: boolean;
  globalPrivacyControl: boolean;
}

/**
 * Why nothing may be kept of a visit, in words; undefined when it may. A signal of the browser counts before a
 * consent: it is the wider wish. Which signals count, and whether consent is needed, the merchant says.
 */
export function refuseByPrivacy(
  settings: Pick<StorefrontSettings, 'consentRequired' | 'respectDoNotTrack' | 'respectGlobalPrivacyControl'>,
  { consent, doNotTrack, globalPrivacyControl }: PrivacyWishes,
): string | undefined {
  if (settings.respectGlobalPrivacyControl && globalPrivacyControl) {
    return 'the browser sends Global Privacy Control';
  }
  if (settings.respectDoNotTrack && doNotTrack) return 'the browser sends Do Not Track';
  if (settings.consentRequired && consent === false) return 'the visitor has not consented';
  return undefined;
}

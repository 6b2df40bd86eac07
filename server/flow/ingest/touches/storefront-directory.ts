import type { ProgramSettingsVersion } from '../../../shared/program-settings.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';
import type { StorefrontSettings } from '../../../shared/storefront-settings.ts';

/** Who owns a code or a link: a membership of a programme. */
export interface CodeOwner {
  programId: string;
  affiliateId: string;
}

/** A link as a redirect needs it. */
export interface FollowedLink extends CodeOwner {
  id: string;
  merchantId: string;
  /** Of the affiliate; the target is called with it. */
  code: string;
  targetUrl: string;
  subId: string | null;
  /** Its slug or its id. */
  name: string;
}

/** What a visit needs to know of the merchant. */
export interface StorefrontTerms {
  settings: StorefrontSettings;
  /** IANA name; the days of counts begin in it. */
  timeZone: string;
  /** How long a touch can decide: the longest window of the merchant's programmes and the settle time (S3). */
  keepTouchesSeconds: number;
}

/**
 * What every click asks about people. Answers may be as old as the cache allows (platform/mongo/cache.ts), so that a
 * click needs no reading of the database.
 */
export interface StorefrontDirectory {
  storeByKey(storeKey: string): Promise<StoreConnection | undefined>;
  termsOf(merchantId: string): Promise<StorefrontTerms>;
  ownerOfCode(merchantId: string, foldedCode: string): Promise<CodeOwner | undefined>;
  ownerOfCoupon(merchantId: string, foldedCode: string, at: Date): Promise<CodeOwner | undefined>;
  /**
   * The affiliate on whose own, verified site a visitor was; `referrer` is a whole address. `site` is what was
   * registered, without what the visitor's page may tell of a person.
   */
  ownerOfReferrer(
    merchantId: string,
    referrer: string,
    at: Date,
  ): Promise<(CodeOwner & { linkId: string; site: string }) | undefined>;
  linkBySlug(slug: string): Promise<FollowedLink | undefined>;
  linkById(id: string): Promise<FollowedLink | undefined>;
  /** The settings of a programme that held at a moment; undefined before its first version. */
  settingsAt(merchantId: string, programId: string, at: Date): Promise<ProgramSettingsVersion | undefined>;
}

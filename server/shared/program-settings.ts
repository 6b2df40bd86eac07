import { z } from 'zod';
import { foldCode } from './fold-code.ts';
import { PPM } from './rates.ts';
import { TOUCH_CLASSES, type TouchClass } from './touch.ts';

const DAY_SECONDS = 86_400;
const LONGEST_DAYS = 3_650;
/** No settle time is longer: an order that was placed before is frozen in every programme (S3). */
export const DEFAULT_SETTLE_HOURS = 48;
export const LONGEST_SETTLE_HOURS = 720;
/** How far back S9 may look for a sign-in from the buyer's network. */
export const LONGEST_IP_HOURS = 720;
const MOST_VOID_CODES = 1_000;
const MOST_OWNED_PRODUCTS = 5_000;
const MOST_BLOCKED_HOSTS = 1_000;
const MOST_AD_PARAMETERS = 50;

/**
 * What ad networks add to the address of a click: Google Ads (gclid; wbraid and gbraid where iOS allows no other),
 * Meta, Microsoft Advertising, TikTok.
 */
export const AD_PARAMETERS = ['gclid', 'fbclid', 'msclkid', 'wbraid', 'gbraid', 'ttclid'];

/** The tests of S9. */
export const SELF_REFERRAL_TESTS = [
  'sameStoreAccount',
  'sameEmail',
  'sameAddress',
  'samePayoutAccount',
  'sameIp',
  'sameBrowser',
] as const;
export type SelfReferralTest = (typeof SELF_REFERRAL_TESTS)[number];

/** What happens when a test of S9 hits: nothing, a person decides before money moves, or no commission. */
export type SelfReferralAction = 'ignore' | 'hold' | 'reject';

/** The settings of a programme that decide who is credited, and when it is final and payable (S3, S7, S9). */
export interface ProgramSettings {
  /** W of S3: from touch to first order. */
  clickWindowSeconds: number;
  /** Which touch wins inside a class. */
  touchOrder: 'last' | 'first';
  /** Groups of classes, strongest first; a class that is not named does not count. */
  precedence: TouchClass[][];
  /** How long a customer stays bound to the affiliate of their first order; null = not at all (S3). */
  binding: BindingPeriod | null;
  /** What a link touch counts that was first seen after the buyer's checkout began (S3). */
  lateTouch: 'earn' | 'lose' | 'nothing';
  /** Shares of the winner's commission by class, in ppm, together 1 000 000; null = one winner takes all (S3). */
  split: Partial<Record<TouchClass, number>> | null;
  /** How long evidence that arrives late still counts; never longer than the hold (S3). */
  settleHours: number;
  /** When a commission becomes payable (S7). */
  hold: { days: number; startsAt: 'payment' | 'fulfilment' };
  /** Whether the end of the hold approves, or a person (S7). */
  approval: 'automatic' | 'by-person';
  selfReferral: Record<SelfReferralTest, SelfReferralAction> & {
    /** N of S9: how old the affiliate's own visit from the same IP may be. */
    ipHours: number;
  };
  /** Foreign codes that void the commission, folded (S10). */
  voidCodes: string[];
  /** Whose product it is, for the class product-ownership (S3). */
  ownedProducts: { productId: string; affiliateId: string }[];
  /** Sources whose touches earn nothing, or are pointed out to the merchant (S3). */
  blockedSources: BlockedSources;
}

/** Which sources a programme refuses or flags; they are looked at when a touch arrives, and never again (S3). */
export interface BlockedSources {
  /** In lower case and as the network knows them (`xn--...`); each stands for its subdomains as well. */
  referrerHosts: string[];
  onReferrer: 'refuse' | 'flag';
  /** Visits by an ad that somebody pays for by the click. */
  paidAds: 'allow' | 'flag' | 'refuse';
  /** By which parameters of the landing address such an ad is known, in lower case. */
  adParameters: string[];
}

/** When a binding ends: after days, after a number of later orders, or never (S3). */
export type BindingPeriod =
  { ends: 'never' } | { ends: 'after-days'; days: number } | { ends: 'after-orders'; orders: number };

/** Settings with the moment from which they hold. Never changed once written (S2). */
export interface ProgramSettingsVersion {
  version: number;
  effectiveFrom: Date;
  settings: ProgramSettings;
}

const foldedCode = z.string().trim().min(1).max(64).overwrite(foldCode);
const someId = z.string().min(1).max(64);
const action = z.enum(['ignore', 'hold', 'reject']);
const days = z.int().min(1).max(LONGEST_DAYS);

const precedence = z
  .array(z.array(z.enum(TOUCH_CLASSES)).min(1))
  .min(1)
  .refine(
    (groups) => new Set(groups.flat()).size === groups.flat().length,
    'A class may be named once only.',
  );

const split = z
  .partialRecord(z.enum(TOUCH_CLASSES), z.int().min(1, 'Leave out a class that gets no share.').max(PPM))
  .refine(
    (shares) => Object.values(shares).reduce((total, share) => total + share, 0) === PPM,
    'The shares must add up to 1000000.',
  );

const binding = z.discriminatedUnion('ends', [
  z.strictObject({ ends: z.literal('never') }),
  z.strictObject({ ends: z.literal('after-days'), days }),
  z.strictObject({ ends: z.literal('after-orders'), orders: z.int().min(1).max(1_000) }),
]);

const selfReferral = z.strictObject({
  sameStoreAccount: action.default('reject'),
  sameEmail: action.default('reject'),
  sameAddress: action.default('hold'),
  samePayoutAccount: action.default('hold'),
  sameIp: action.default('ignore'),
  sameBrowser: action.default('hold'),
  ipHours: z.int().min(1).max(LONGEST_IP_HOURS).default(24),
});

const host = z
  .string()
  .trim()
  .max(253)
  .refine(
    (text) => readHost(text) !== undefined,
    'Name a host such as deals.example, without https:// or a path; its subdomains are blocked as well.',
  )
  .overwrite((text) => readHost(text) ?? text);

const adParameter = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'Name a parameter such as gclid, without = or a value.')
  .toLowerCase();

const blockedSources = z.strictObject({
  referrerHosts: z
    .array(host)
    .max(MOST_BLOCKED_HOSTS)
    .default([])
    .meta({ description: 'Hosts of pages; each stands for its subdomains as well' }),
  onReferrer: z.enum(['refuse', 'flag']).default('refuse'),
  paidAds: z.enum(['allow', 'flag', 'refuse']).default('allow'),
  adParameters: z
    .array(adParameter)
    .max(MOST_AD_PARAMETERS)
    .default([...AD_PARAMETERS])
    .meta({ description: 'Parameters of the landing address by which a paid ad is known' }),
});

/** Reads settings; what is left out takes the default of S3, S7 and S9. */
export const programSettings = z
  .strictObject({
    clickWindowSeconds: z
      .int()
      .min(1)
      .max(LONGEST_DAYS * DAY_SECONDS)
      .default(30 * DAY_SECONDS),
    touchOrder: z.enum(['last', 'first']).default('last'),
    precedence: precedence.default([
      ['manual'],
      ['coupon'],
      ['customer-binding'],
      ['link', 'direct-link'],
      ['pixel'],
    ]),
    binding: binding.nullable().default(null),
    lateTouch: z.enum(['earn', 'lose', 'nothing']).default('lose'),
    split: split.nullable().default(null),
    settleHours: z.int().min(0).max(LONGEST_SETTLE_HOURS).default(DEFAULT_SETTLE_HOURS),
    hold: z
      .strictObject({
        days: z.int().min(0).max(LONGEST_DAYS).default(30),
        startsAt: z.enum(['payment', 'fulfilment']).default('payment'),
      })
      .prefault({}),
    approval: z.enum(['automatic', 'by-person']).default('automatic'),
    selfReferral: selfReferral.prefault({}),
    voidCodes: z.array(foldedCode).max(MOST_VOID_CODES).default([]),
    ownedProducts: z
      .array(z.strictObject({ productId: someId, affiliateId: someId }))
      .max(MOST_OWNED_PRODUCTS)
      .default([]),
    blockedSources: blockedSources.prefault({}),
  })
  .refine(({ settleHours, hold }) => settleHours <= hold.days * 24, {
    path: ['settleHours'],
    message: 'The settle time may not be longer than the hold.',
  })
  .meta({ id: 'ProgramSettings' });

/** A host as browsers write it; undefined for what is none, and for a name without a dot, which may be a whole TLD. */
function readHost(text: string): string | undefined {
  if (!/^[^\s/:@?#*%\\]+\.[^\s/:@?#*%\\.]+\.?$/.test(text)) return undefined;
  return URL.parse(`http://${text}`)?.hostname.replace(/\.$/, '');
}

import { z } from 'zod';

export const PLATFORMS = ['shopify', 'woocommerce', 'custom'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A secret as it is stored: encrypted, and when it ends, if it was replaced. */
export interface StoredSecret {
  secret: string;
  until: Date | null;
}

/** A shop of a merchant, as it is stored: secrets are encrypted and in no answer of the API. */
export interface Store {
  id: string;
  merchantId: string;
  platform: Platform;
  /** Shopify: the myshopify domain; others: the shop's origin, e.g. `https://shop.example`. */
  domain: string;
  /** Further `host[:port]` under which buyers know the shop; links may lead there. */
  storefrontHosts: string[];
  /** Public and random: the snippet names the shop by it. */
  storeKey: string;
  status: 'connected' | 'disconnected';
  /** The platform's own webhook secrets, newest first. */
  webhookSecrets: StoredSecret[];
  /** `whsec_` secrets of our signed events, newest first. */
  eventSecrets: StoredSecret[];
  /** When the shop last told us something. */
  lastEventAt: Date | null;
  createdAt: Date;
}

/** A secret that the platform gave, where it makes its own. */
export const givenSecret = z.string().min(16, 'Use at least 16 characters.').max(200);

/** What a merchant tells to connect a shop. */
export const newStore = z.strictObject({
  platform: z.enum(PLATFORMS),
  domain: z.string().trim().min(1).max(260).meta({
    description: 'Shopify: the myshopify domain; others: the address of the shop',
    example: 'example.myshopify.com',
  }),
  storefrontHosts: z
    .array(z.string().trim().min(1).max(260))
    .max(20)
    .default([])
    .meta({ description: 'Other host names of the shop, e.g. www.example.com' }),
  webhookSecret: givenSecret.optional().meta({
    description: "Shopify: the app's API secret key, needed; others: made for you when left out",
  }),
});
export type NewStore = z.output<typeof newStore>;

import { z } from 'zod';
import type { EnsuredWebhook } from '../../../shared/store-api.ts';

/**
 * How a shop tells us of its orders at once; the pull works beside either. `secretHash`: of the secret that the
 * webhooks were made with, which the shop never shows.
 */
export type StoreChannel =
  | { kind: 'plugin'; version: string; at: Date }
  | { kind: 'webhooks'; webhooks: EnsuredWebhook[]; secretHash: string; at: Date };

/** The keys of a shop's REST interface, as they are stored, and how it goes with them. */
export interface StoreAccess {
  /** The store's. */
  id: string;
  merchantId: string;
  /** Of the shop, where its REST interface is. */
  address: string;
  /** Both keys, encrypted; null after they were taken away. */
  keys: string | null;
  secretsInAddress: boolean;
  /** This server's address, as the merchant reached it when the keys came. */
  server: string;
  since: Date;
  lastSuccessAt: Date | null;
  lastFailure: { at: Date; message: string } | null;
  channel: StoreChannel | null;
  /** When the channel was last looked at, whatever came of it. */
  checkedAt: Date | null;
  revision: number;
}

const consumerKey = z.string().regex(/^ck_[A-Za-z0-9]{20,100}$/, 'A consumer key begins with ck_.');
const consumerSecret = z.string().regex(/^cs_[A-Za-z0-9]{20,100}$/, 'A consumer secret begins with cs_.');

/** What a merchant pastes to open their shop's REST interface. */
export const newRestAccess = z.strictObject({
  consumerKey: consumerKey.meta({ example: `ck_${'0'.repeat(40)}` }),
  consumerSecret: consumerSecret.meta({ example: `cs_${'0'.repeat(40)}` }),
  secretsInAddress: z.boolean().default(false).meta({
    description: 'For hosts that take away the Authorization header: the keys travel in the address instead',
  }),
  address: z.string().trim().max(260).optional().meta({
    description: "Where the shop lives in a folder: its address, on the store's own host",
  }),
});
export type NewRestAccess = z.output<typeof newRestAccess>;

/** What WooCommerce posts when a shop owner has agreed. */
export const grantedKeys = z.object({
  user_id: z.string().min(1).max(200),
  consumer_key: consumerKey,
  consumer_secret: consumerSecret,
  key_permissions: z.string().max(50),
});
export type GrantedKeys = z.output<typeof grantedKeys>;

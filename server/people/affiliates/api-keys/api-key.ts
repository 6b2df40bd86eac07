import { z } from 'zod';

/** What every API key begins with, so that people and scanners of leaked secrets recognise one. */
export const KEY_MARK = 'rfl_';

/** Tells an API key from an access token. */
export const isApiKey = (token: string): boolean => token.startsWith(KEY_MARK);

/** How much of a key is kept and shown, to tell keys apart: its mark and six of its 43 random characters. */
export const SHOWN_LENGTH = KEY_MARK.length + 6;

/** By what a program reads what one affiliate may read. The key itself is shown once and kept nowhere. */
export interface ApiKey {
  id: string;
  merchantId: string;
  affiliateId: string;
  /** What it is for, in the merchant's words. */
  name: string;
  /** SHA-256 of the key, which is random. */
  keyHash: string;
  /** The first characters of the key. */
  prefix: string;
  createdAt: Date;
  /** The day (midnight UTC) on which it was last used, so that one read a day writes; null = never. */
  lastUsedAt: Date | null;
}

/** What a merchant tells to make a key for an affiliate. */
export const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(120).meta({ description: 'What it is for, to tell keys apart' }),
});
export type NewApiKey = z.output<typeof newApiKey>;

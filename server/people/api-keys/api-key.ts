import { z } from 'zod';
import { API_SCOPES, type ApiScope } from '../../shared/api-scopes.ts';

/** What every API key begins with, so that people and scanners of leaked secrets recognise one. */
export const KEY_MARK = 'rfl_';

/** Tells an API key from an access token. */
export const isApiKey = (token: string): boolean => token.startsWith(KEY_MARK);

/** How much of a key is kept and shown, to tell keys apart: its mark and six of its 43 random characters. */
export const SHOWN_LENGTH = KEY_MARK.length + 6;

/** Whose key: one affiliate's, who reads what is their own, or (null) a program's of the merchant. */
export interface KeyOwner {
  merchantId: string;
  affiliateId: string | null;
}

/** By what a program calls. The key itself is shown once and kept nowhere. */
export interface ApiKey extends KeyOwner {
  id: string;
  /** What it is for, in the merchant's words. */
  name: string;
  /** What the merchant's program may do; none for an affiliate, who reads their own. */
  scopes: ApiScope[];
  /** SHA-256 of the key, which is random. */
  keyHash: string;
  /** The first characters of the key. */
  prefix: string;
  createdAt: Date;
  /** The day (midnight UTC) on which it was last used, so that one read a day writes; null = never. */
  lastUsedAt: Date | null;
}

/** What a merchant tells to make a key for an affiliate. */
export const newAffiliateKey = z.strictObject({
  name: z.string().trim().min(1).max(120).meta({ description: 'What it is for, to tell keys apart' }),
});

/** What an owner tells to make a key for a program of the merchant. */
export const newApiKey = newAffiliateKey.extend({
  scopes: z
    .array(z.enum(API_SCOPES))
    .min(1, 'Name at least one scope.')
    .transform((scopes) => [...new Set(scopes)].sort())
    .meta({ description: 'What the program may do', example: ['conversions:write'] }),
});

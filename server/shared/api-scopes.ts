/** What a program of a merchant may do with an API key: write conversions, or read what the merchant's staff reads. */
export const API_SCOPES = ['read', 'conversions:write'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export function isApiScope(word: string): word is ApiScope {
  return API_SCOPES.some((scope) => scope === word);
}

export { isApiKey, newAffiliateKey, type ApiKey } from './api-key.ts';
export { createApiKeys, type ApiKeys } from './create-api-keys.ts';
export { affiliateKeySchema } from './present-api-key.ts';

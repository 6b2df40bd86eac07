export { isApiKey } from './api-keys/api-key.ts';
export { createAffiliates, type Affiliates } from './create-affiliates.ts';

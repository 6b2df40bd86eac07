export type { Affiliate, AffiliateStatus } from './affiliate.ts';
export { createAffiliates, type Affiliates } from './create-affiliates.ts';

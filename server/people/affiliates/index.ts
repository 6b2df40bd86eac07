export { createAffiliates, type Affiliates } from './create-affiliates.ts';

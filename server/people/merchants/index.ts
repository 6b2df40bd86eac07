export { createMerchants } from './create-merchants.ts';

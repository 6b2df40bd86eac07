export { createMerchants, type Merchants } from './create-merchants.ts';
export type { Merchant, NewMerchant } from './merchant.ts';

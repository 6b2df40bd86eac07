export { createMerchants, type Merchants } from './create-merchants.ts';

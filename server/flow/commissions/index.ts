export type { Commission, CommissionPosting } from './commission.model.ts';
export type { CommissionStore } from './commission.store.ts';
export { computeCommission } from './compute-commission.ts';
export { computeNetBase } from './compute-net-base.ts';
export { createCommissions } from './create-commissions.ts';
export { describeReceipt } from './describe-receipt.ts';
export type { Receipt } from './receipt.ts';
export { validateRules } from './rule-registry.ts';
export { commissionRoutes } from './commission.routes.ts';

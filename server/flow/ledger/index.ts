export { listEntriesOf } from './build-entry.ts';
export { createLedger } from './create-ledger.ts';
export type { LedgerEntry } from './ledger-entry.ts';
export type { LedgerStore } from './ledger.store.ts';
export { buildTrialBalance } from './trial-balance.ts';
export { verifyLedger } from './verify-ledger.ts';
export { affiliateBalanceRoute } from './affiliate-balance.routes.ts';
export { ledgerRoutes } from './ledger.routes.ts';

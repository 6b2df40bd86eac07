export { createLedger } from './create-ledger.ts';
export { account, type EntryContent, type LedgerEntry, type Posting } from './ledger-entry.ts';
export type { AccountBalance, LedgerFilter, LedgerStore } from './ledger.store.ts';
export { buildTrialBalance, type TrialBalance } from './trial-balance.ts';
export { verifyLedger, type Verification } from './verify-ledger.ts';
export { ledgerRoutes } from './ledger.routes.ts';

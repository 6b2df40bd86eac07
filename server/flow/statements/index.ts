export { createStatements } from './create-statements.ts';
export { readMovedAmount } from './read-moved-amount.ts';
export type { Statement, StatementOrder, StatementPosting } from './statement.ts';
export type { StatementStore } from './statement.store.ts';

export { createStatements } from './create-statements.ts';
export type { Statement, StatementOrder, StatementPosting } from './statement.ts';
export type { StatementStore } from './statement.store.ts';

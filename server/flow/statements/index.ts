export { createStatements } from './create-statements.ts';
export type { IssuedStatements, IssueStatementsDeps } from './issue-statements.ts';
export { readMovedAmount } from './read-moved-amount.ts';
export type { Statement, StatementOrder, StatementPosting } from './statement.ts';
export type { StatementFilter, StatementStore } from './statement.store.ts';

import type { Connection } from '../../platform/mongo/index.ts';
import { createIssueStatements, type IssueStatementsDeps } from './issue-statements.ts';
import { createStatementStore } from './statement.store.ts';
import { createStatementRoutes } from './statements.routes.ts';

/** Wires the statements stage. */
export function createStatements(deps: Omit<IssueStatementsDeps, 'statements'> & { connection: Connection }) {
  const statements = createStatementStore(deps.connection);
  const issueStatements = createIssueStatements({ ...deps, statements });
  return { statements, issueStatements, routes: createStatementRoutes({ statements, issueStatements }) };
}

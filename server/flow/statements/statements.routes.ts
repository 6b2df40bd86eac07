import { z } from 'zod';
import {
  defineRoute,
  id,
  idParams,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import type { createIssueStatements } from './issue-statements.ts';
import {
  presentStatement,
  statementBody,
  statementSummary,
  summariseStatement,
} from './present-statement.ts';
import type { StatementStore } from './statement.store.ts';

const PATH = '/api/v1/statements';
const period = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Send a month as YYYY-MM.')
  .meta({ description: "A calendar month in the merchant's time zone, YYYY-MM" });
const counts = z.object({ period, issued: z.int(), alreadyIssued: z.int() });
const listQuery = pageQuery.extend({
  cursor: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .meta({ description: '`nextCursor` of the page before' }),
  affiliateId: id.optional(),
  period: period.optional(),
});

export interface StatementRoutesDeps {
  statements: StatementStore;
  issueStatements: ReturnType<typeof createIssueStatements>;
}

/** Statements for the merchant's staff: issue a month, list, read one (S14). */
export function createStatementRoutes({
  statements,
  issueStatements,
}: StatementRoutesDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Issue the statements of a month that has ended; again, it issues only what is missing.',
      access: 'merchant',
      body: z.strictObject({ period }),
      response: counts,
      handle: async ({ caller, body }) => ({
        period: body.period,
        ...(await issueStatements(caller.merchantId, body.period)),
      }),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'List statements, newest first.',
      access: 'read',
      query: listQuery,
      response: pageOf(statementSummary),
      async handle({ caller: { merchantId }, query: { limit, cursor, affiliateId, period } }) {
        const filter = { merchantId, ...(affiliateId && { affiliateId }), ...(period && { period }) };
        const rows = await statements.list(filter, limit + 1, cursor);
        const items = rows.slice(0, limit).map(summariseStatement);
        const last = items.at(-1);
        return { items, nextCursor: rows.length > limit && last ? String(last.number) : null };
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'Read one statement with every posting.',
      access: 'read',
      params: idParams,
      response: statementBody,
      async handle({ caller, params }) {
        const statement = await statements.byId(caller.merchantId, params.id);
        if (!statement) throw notFound('This statement');
        return presentStatement(statement);
      },
    }),
  ];
}

import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import type { PendingEvent } from '../../shared/events.ts';
import { defineStatementModel } from './statement.model.ts';
import type { Statement } from './statement.ts';

export interface StatementFilter {
  merchantId: string;
  affiliateId?: string;
  period?: string;
}

export interface StatementStore {
  byId(merchantId: string, statementId: string): Promise<Statement | undefined>;
  /** Newest number first, below `beforeNumber`. */
  list(filter: StatementFilter, limit: number, beforeNumber?: number): Promise<Statement[]>;
  /** The merchant's highest number; 0 when there is no statement yet. */
  lastNumber(merchantId: string): Promise<number>;
  insert(statement: Statement, events: PendingEvent[]): Promise<'inserted' | 'already-issued' | 'lost-race'>;
}

export function createStatementStore(connection: Connection): StatementStore {
  const statements = defineStatementModel(connection);
  return {
    byId: async (merchantId, _id) =>
      (await statements.findOne({ merchantId, _id }).lean<Statement>()) ?? undefined,
    list: (filter, limit, beforeNumber) =>
      statements
        .find({ ...filter, ...(beforeNumber !== undefined && { number: { $lt: beforeNumber } }) })
        .sort({ number: -1 })
        .limit(limit)
        .lean<Statement[]>(),
    async lastNumber(merchantId) {
      const last = await statements.findOne({ merchantId }).sort({ number: -1 }).lean<Statement>();
      return last?.number ?? 0;
    },
    async insert(statement, pendingEvents) {
      try {
        await connection
          .collection<Statement & { pendingEvents: PendingEvent[] }>(statements.collection.name)
          .insertOne({ ...statement, pendingEvents });
        return 'inserted';
      } catch (error) {
        if (isDuplicateKey(error, 'period')) return 'already-issued';
        if (isDuplicateKey(error, 'number')) return 'lost-race';
        throw error;
      }
    },
  };
}

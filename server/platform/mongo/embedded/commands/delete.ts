import type { Document, Value } from '../bson/value.ts';
import { isDocument, numberValue, toNumber } from '../bson/value.ts';
import { failedToParse } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { findMatchesToChange } from '../query/find-matches.ts';
import type { Command } from './command.ts';
import { collectionOf } from './command.ts';
import { refuseFirst, statementsOf } from './update.ts';
import { runStatements } from './write-statements.ts';

export const deleteCommand: Command = {
  fields: ['deletes', 'ordered'],
  run(command, context) {
    const collection = collectionOf(command, 'delete', context);
    const statements = statementsOf(command, 'deletes', ['q', 'limit'], ['q', 'limit']);
    for (const statement of statements) assertLimit(statement);
    let removed = 0;
    const writeErrors = runStatements(command, refuseFirst(statements, filterOf), (filter, index) => {
      for (const { record } of findMatchesToChange(collection, filter())) {
        collection?.remove(record, context.changes);
        removed += 1;
        if (toNumber(statements[index]?.get('limit')) === 1) break;
      }
    });
    return new Map<string, Value>([['n', numberValue(removed)], ...writeErrors]);
  },
};

function assertLimit(statement: Document): void {
  const limit = toNumber(statement.get('limit'));
  if (limit !== 0 && limit !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
}

function filterOf(statement: Document): Document {
  const filter = statement.get('q');
  if (!isDocument(filter)) throw failedToParse("the field 'q' must be an object");
  compileFilter(filter);
  return filter;
}

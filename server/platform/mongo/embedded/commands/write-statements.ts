import type { Document, Value } from '../bson/value.ts';
import { numberValue } from '../bson/value.ts';
import { CommandError } from '../errors.ts';

const MOST_STATEMENTS = 100_000;

/**
 * Runs the statements of a write command one after another and gives its `writeErrors`, if any. An ordered
 * command (the default) stops at the first error. A refusal (238) is no statement's error: it fails the
 * whole command, so that nothing is changed.
 */
export function runStatements<T>(
  command: Document,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): [string, Value][] {
  if (statements.length === 0 || statements.length > MOST_STATEMENTS) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${statements.length}`,
    );
  }
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 238) throw error;
      errors.push(writeError(index, error));
      if (command.get('ordered') !== false) break;
    }
  }
  return errors.length > 0 ? [['writeErrors', errors]] : [];
}

function writeError(index: number, error: CommandError): Document {
  return new Map<string, Value>([
    ['index', numberValue(index)],
    ['code', numberValue(error.code)],
    ...error.details,
    ['errmsg', error.message],
  ]);
}

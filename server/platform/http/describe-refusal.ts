import type { DomainError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import { maskError } from '../mask-error.ts';
import { ERROR_TABLE } from './error-table.ts';
import { recogniseError } from './recognise-error.ts';
import { RetryLater } from './retry-later.ts';

const UNEXPECTED = {
  code: 'internal',
  message: 'Something went wrong on our side.',
  help: 'Try again; if it stays, tell the operator the request id.',
};

const UNCACHED = { 'Cache-Control': 'no-store' };

/** What a client gets instead of what it asked for. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: { error: object };
}

/**
 * The answer to a caught error: `{ error: { code, message, help, requestId, issues } }`. An error that nobody
 * expected says nothing of itself; its detail is in the log under the same request id.
 */
export function describeRefusal(
  error: unknown,
  context: { requestId: string; route?: string },
  log: Log,
): Refusal {
  const { requestId } = context;
  const refusal = recogniseError(error);
  if (!refusal) {
    log.error({ ...context, error: maskError(error) }, 'unexpected error');
    return { status: 500, headers: UNCACHED, body: { error: { ...UNEXPECTED, requestId, issues: [] } } };
  }
  const { code, issues } = refusal;
  log[ERROR_TABLE[code].level]({ ...context, code, fields: issues.map((issue) => issue.path) }, 'refused');
  return presentRefusal(refusal, requestId);
}

/** The answer to an error that a client may see. */
export function presentRefusal(refusal: DomainError, requestId: string): Refusal {
  const { code, message, help, issues } = refusal;
  const headers: Record<string, string> = { ...UNCACHED };
  const wait = secondsToWait(refusal);
  if (wait !== undefined) headers['Retry-After'] = String(wait);
  const { status } = ERROR_TABLE[code];
  return { status, headers, body: { error: { code, message, help, requestId, issues } } };
}

function secondsToWait(refusal: DomainError): number | undefined {
  return refusal instanceof RetryLater ? refusal.retryAfterSeconds : ERROR_TABLE[refusal.code].retryAfter;
}

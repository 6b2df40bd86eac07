import type { ErrorRequestHandler } from 'express';
import type { DomainError } from '../../shared/errors.ts';
import { ERROR_TABLE } from './error-table.ts';
import { maskError } from '../mask-error.ts';
import { recogniseError } from './recognise-error.ts';
import { RetryLater } from './retry-later.ts';

const UNEXPECTED = {
  code: 'internal',
  message: 'Something went wrong on our side.',
  help: 'Try again; if it stays, tell the operator the request id.',
};

/**
 * Answers every error of every route: `{ error: { code, message, help, requestId, issues } }`. An error that
 * nobody expected says nothing of itself; its detail is in the log under the same request id.
 */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const requestId = request.id as string;
  const refusal = recogniseError(error);
  response.set('Cache-Control', 'no-store');
  if (!refusal) {
    request.log.error({ error: maskError(error) }, 'unexpected error');
    response.status(500).json({ error: { ...UNEXPECTED, requestId, issues: [] } });
    return;
  }
  const { code, message, help, issues } = refusal;
  const { status, level } = ERROR_TABLE[code];
  request.log[level]({ code, fields: issues.map((issue) => issue.path) }, 'refused');
  const wait = secondsToWait(refusal);
  if (wait !== undefined) response.set('Retry-After', String(wait));
  response.status(status).json({ error: { code, message, help, requestId, issues } });
};

function secondsToWait(refusal: DomainError): number | undefined {
  return refusal instanceof RetryLater ? refusal.retryAfterSeconds : ERROR_TABLE[refusal.code].retryAfter;
}

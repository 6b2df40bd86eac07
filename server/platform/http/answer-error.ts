import type { ErrorRequestHandler } from 'express';
import { describeRefusal } from './describe-refusal.ts';

/** Answers every error of every Express route. */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { status, headers, body } = describeRefusal(error, { requestId: request.id as string }, request.log);
  response.status(status).set(headers).json(body);
};

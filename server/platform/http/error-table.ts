import type { ErrorCode } from '../../shared/errors.ts';

export interface ErrorRow {
  status: number;
  /** How loud the log is: `info` is a client's everyday mistake, `warn` is worth a look. */
  level: 'info' | 'warn';
  /** Seconds for `Retry-After` where the error itself names none. */
  retryAfter?: number;
}

/** The one table from an error's code to its HTTP status and log level. */
export const ERROR_TABLE: Readonly<Record<ErrorCode, ErrorRow>> = {
  'malformed-body': { status: 400, level: 'info' },
  'invalid-input': { status: 400, level: 'info' },
  unauthenticated: { status: 401, level: 'info' },
  'bad-signature': { status: 401, level: 'warn' },
  forbidden: { status: 403, level: 'warn' },
  'not-found': { status: 404, level: 'info' },
  conflict: { status: 409, level: 'info' },
  'idempotency-conflict': { status: 409, level: 'info' },
  'store-disconnected': { status: 410, level: 'warn' },
  'body-too-large': { status: 413, level: 'warn' },
  'unsupported-media-type': { status: 415, level: 'info' },
  impossible: { status: 422, level: 'info' },
  'unknown-code': { status: 422, level: 'info' },
  'too-many-requests': { status: 429, level: 'warn', retryAfter: 60 },
  unavailable: { status: 503, level: 'warn', retryAfter: 5 },
};

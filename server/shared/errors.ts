/** One thing that is wrong with an input: where, and what. */
export interface Issue {
  path: string;
  message: string;
}

/**
 * An expected refusal with a stable code. It knows no HTTP status: one table in platform/http maps
 * codes to statuses. `help` says what to do.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly help: string;
  readonly issues: Issue[];

  constructor(code: ErrorCode, message: string, help: string, issues: Issue[] = []) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.help = help;
    this.issues = issues;
  }
}

/** Every code a client can meet. Adding one needs a line in the status table of platform/http. */
export const ERROR_CODES = [
  'malformed-body',
  'invalid-input',
  'unauthenticated',
  'bad-signature',
  'forbidden',
  'not-found',
  'conflict',
  'idempotency-conflict',
  'body-too-large',
  'unsupported-media-type',
  'impossible',
  'unknown-code',
  'store-disconnected',
  'too-many-requests',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What is asked for is not there, or not yours to see: both look the same. */
export function notFound(what: string): DomainError {
  return new DomainError('not-found', `${what} was not found.`, 'Check the id; lists show what you can see.');
}

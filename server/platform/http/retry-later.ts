import { DomainError, type ErrorCode } from '../../shared/errors.ts';

/** A refusal that will not last: the client may try again after so many seconds (`Retry-After`). */
export class RetryLater extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(code: ErrorCode, message: string, help: string, retryAfterSeconds: number) {
    super(code, message, help);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

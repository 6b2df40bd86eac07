import { DomainError } from '../../shared/errors.ts';
import { TooMuchWaiting } from '../mongo/index.ts';
import { RetryLater } from './retry-later.ts';

const BODY_LIMIT_HELP = 'Send less at once; a batch of events may be halved.';

/** What body-parser calls its refusals (`error.type`), in our words. */
const BODY_ERRORS: Readonly<Record<string, DomainError>> = {
  'entity.too.large': new DomainError('body-too-large', 'The body is too large.', BODY_LIMIT_HELP),
  'entity.parse.failed': malformed('The body is not valid JSON.'),
  'encoding.unsupported': unsupported('The content encoding is not supported.'),
  'charset.unsupported': unsupported('The character set is not supported.'),
  'request.aborted': malformed('The request ended before its body did.'),
  'request.size.invalid': malformed('The body is not as long as its header says.'),
  'parameters.too.many': malformed('The form has too many fields.'),
};

/** One for all: thousands a second may be refused, and each new error writes down where it was made. */
export const TOO_MUCH_WAITS = new RetryLater(
  'unavailable',
  'Too much waits to be stored.',
  'Try again in a moment.',
  1,
);

/** How the driver's and mongoose's errors begin when no database answers. */
const DATABASE_AWAY = /^Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|PoolCleared)/;

/** The refusal that a caught error stands for, or undefined when nobody expected it. */
export function recogniseError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error)) return undefined;
  if (error instanceof TooMuchWaiting) {
    return TOO_MUCH_WAITS;
  }
  if (error instanceof URIError) return malformed('The address has a broken escape sequence.');
  if (DATABASE_AWAY.test(error.name)) {
    return new DomainError('unavailable', 'The database does not answer.', 'Try again in a moment.');
  }
  return 'type' in error && typeof error.type === 'string' ? BODY_ERRORS[error.type] : undefined;
}

function malformed(message: string): DomainError {
  return new DomainError('malformed-body', message, 'Send a complete, well-formed request.');
}

function unsupported(message: string): DomainError {
  return new DomainError('unsupported-media-type', message, 'Send JSON in UTF-8 as application/json.');
}

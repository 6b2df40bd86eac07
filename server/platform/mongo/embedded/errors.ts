import type { Document } from './bson/value.ts';

/**
 * An error that a client gets as a command reply or as one entry of `writeErrors`.
 * `code` is MongoDB's; `details` are further fields of the reply (`keyPattern`, `keyValue`).
 */
export class CommandError extends Error {
  readonly code: number;
  readonly details: Document;

  constructor(code: number, message: string, details: Document = new Map()) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.details = details;
  }

  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

const CODE_NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  171: 'CannotIndexParallelArrays',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** The value or the shape of an argument is wrong. */
export function badValue(message: string): CommandError {
  return new CommandError(2, message);
}

/** The command or one of its parts cannot be understood. */
export function failedToParse(message: string): CommandError {
  return new CommandError(9, message);
}

/** MongoDB serves this, the embedded store does not: refused before anything is changed. */
export function notImplemented(what: string): CommandError {
  return new CommandError(
    238,
    `${what} is not implemented by the embedded store; set MONGODB_URI to use a real MongoDB, which serves it`,
  );
}

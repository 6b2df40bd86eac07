/** Fields of a reply; what is not a BSON value yet becomes the one that bson makes of it. */
export type Fields = Record<string, unknown>;

/**
 * An error that a client gets as a command reply or as one entry of `writeErrors`.
 * `code` is MongoDB's; `details` are further fields of the reply (`keyPattern`, `keyValue`).
 */
export class CommandError extends Error {
  readonly code: number;
  readonly details: Fields;

  constructor(code: number, message: string, details: Fields = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.details = details;
  }

  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** Names of the codes that programs act on. */
const CODE_NAMES: Readonly<Record<number, string>> = {
  2: 'BadValue',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  238: 'NotImplemented',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** The value or the shape of an argument is wrong. */
export function badValue(message: string): CommandError {
  return new CommandError(2, message);
}

/** MongoDB serves this, the embedded store does not: refused before anything is changed. */
export function notImplemented(what: string): CommandError {
  const advice = 'set MONGODB_URI to use a real MongoDB, which serves it';
  return new CommandError(238, `${what} is not implemented by the embedded store; ${advice}`);
}

/** What the log keeps of an error that nobody expected. */
export interface MaskedError {
  type: string;
  code: string | null;
  message: string;
  stack: string;
}

const REFUSED_VALUES = /dup key: .*/g;
const EMAIL_ADDRESS = /[^\s@"'<>{}:]+@[^\s@"'<>{},]+/g;

/**
 * An error for the log: kind, code, message and stack, without the values that a database quotes and without
 * e-mail addresses. Other members are left out, because drivers hang whole documents on their errors.
 */
export function maskError(error: unknown): MaskedError {
  if (!(error instanceof Error))
    return { type: typeof error, code: null, message: 'not an Error', stack: '' };
  const code = 'code' in error ? String(error.code) : null;
  return { type: error.name, code, message: mask(error.message), stack: mask(error.stack ?? '') };
}

function mask(text: string): string {
  return text.replace(REFUSED_VALUES, 'dup key: [left out]').replace(EMAIL_ADDRESS, '[address]');
}

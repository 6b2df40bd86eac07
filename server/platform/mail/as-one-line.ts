const BREAKS_AND_DIRECTIONS = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * Text that stays on its line: line breaks, control characters and marks that turn the writing direction
 * become a space. So a name cannot add a header to a mail or a line to its text.
 */
export function asOneLine(text: string): string {
  return text.replace(BREAKS_AND_DIRECTIONS, ' ');
}

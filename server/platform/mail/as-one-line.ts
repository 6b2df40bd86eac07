/** Text on one line: every run of line breaks, control characters and spaces becomes one space. */
export function asOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ').trim();
}

import type { BSONRegExp } from 'bson';
import { CommandError, notImplemented } from '../errors.ts';

/**
 * A JavaScript RegExp that finds what MongoDB's PCRE finds. What the two engines read differently
 * is either rewritten ($ . \s) or refused with error 238. Throws 51091 for a malformed pattern.
 */
export function translateRegex(regex: BSONRegExp): RegExp {
  const unsupported = /[^ims]/.exec(regex.options);
  if (unsupported) throw notImplemented(`regular expression option "${unsupported[0]}"`);
  if (/[\ud800-\udfff]/.test(regex.pattern))
    throw notImplemented('a regular expression beyond the basic plane');
  const dot = regex.options.includes('s') ? '[^]' : '[^\\n]';
  const end = regex.options.includes('m') ? '(?=\\n|$)' : '(?=\\n?$)';
  try {
    return new RegExp(rewrite(regex.pattern, dot, end), regex.options.replace('s', ''));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(51091, `Regular expression is invalid: ${regex.pattern}`);
  }
}

const TOKEN = /\\[^]|\[\^?\]?(?:\\[^]|\[:|[^\]\\])*\]|\(\?(?::|=|!|<=|<!)|\(\?|[*+?}]\+|[.$]|[^]/g;
const SAME_ESCAPES = /^\\(?:[dDwWbBnrtf0]|[1-9]|[^a-zA-Z0-9])$/;

function rewrite(pattern: string, dot: string, end: string): string {
  return pattern.replace(TOKEN, (token) => {
    if (token === '.') return dot;
    if (token === '$') return end;
    if (token === '\\s') return '[\\t-\\r ]';
    if (token === '\\S') return '[^\\t-\\r ]';
    if (token.startsWith('[')) return rewriteClass(token);
    const isRefused =
      token === '(?' || /^[*+?}]\+$/.test(token) || (token.startsWith('\\') && !SAME_ESCAPES.test(token));
    if (isRefused) throw notImplemented(`"${token}" in a regular expression`);
    return token;
  });
}

function rewriteClass(characters: string): string {
  if (/\[:|^\[\^?\]|\\[^dDwWnrtfs\W]/.test(characters)) {
    throw notImplemented(`"${characters}" in a regular expression`);
  }
  return characters.replaceAll('\\s', '\\t-\\r ');
}

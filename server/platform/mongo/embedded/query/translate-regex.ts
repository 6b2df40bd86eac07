import type { BSONRegExp } from 'bson';
import { CommandError, notImplemented } from '../errors.ts';

/** What MongoDB's PCRE and JavaScript read alike, and `.` and `$`, which are rewritten. */
const SIMPLE =
  /^(?:\\[dDwWbBnrtf]|\\[^a-zA-Z0-9]|\[\^?[^\][\\^]+\]|\((?:\?[:=!])?(?!\?)|[*+?}](?!\+)|[^\\[\]*+?}(])*$/;

/** A JavaScript RegExp that finds what MongoDB finds. Throws CommandError 51091 for a malformed pattern. */
export function translateRegex({ pattern, options }: BSONRegExp): RegExp {
  const isSimple = /^[is]*$/.test(options) && SIMPLE.test(pattern) && !/[\ud800-\udfff]/.test(pattern);
  if (!isSimple) throw notImplemented(`the regular expression /${pattern}/${options}`);
  const replacements: Record<string, string> = {
    '.': options.includes('s') ? '[^]' : '[^\\n]',
    $: '(?=\\n?$)',
  };
  const rewritten = pattern.replace(/\\[^]|\[[^\]]*\]|[.$]/g, (token) => replacements[token] ?? token);
  try {
    return new RegExp(rewritten, options.replace('s', ''));
  } catch {
    throw new CommandError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

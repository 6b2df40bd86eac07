import { HOUR } from '../../../shared/clock.ts';

/**
 * What one click is: a visitor, a link, an hour. Where the browser has no key, the hashed address stands for the
 * visitor: people behind one address count once an hour then.
 * @param link the link's id, else the affiliate's code
 */
export function nameClick({ link, visitor, at }: { link: string; visitor: string; at: Date }): string {
  return `${Math.floor(at.getTime() / HOUR)} ${link} ${visitor}`;
}

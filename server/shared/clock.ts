/** Tells the time. Passed into use cases; a decision gets the moment itself. */
export type Clock = () => Date;

/** The machine's clock. */
export const systemClock: Clock = () => new Date(); // eslint-disable-line no-restricted-syntax -- the one place

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A span for people: "31 d 2 h", "5 min", "12 s". `milliseconds` may not be negative. */
export function describeSpan(milliseconds: number): string {
  const units: [string, number][] = [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
    ['s', SECOND],
  ];
  const parts: string[] = [];
  let left = milliseconds;
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count} ${name}`);
    left -= count * size;
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

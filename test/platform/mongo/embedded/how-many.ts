/**
 * The scale of a heavy test: `usual` in `npm test`; with LONG=1 the `long` one, of which LONG_SHARE
 * (a fraction, 1 when not set) is run.
 */
export function howMany(usual: number, long: number): number {
  if (process.env['LONG'] === undefined) return usual;
  const share = Number(process.env['LONG_SHARE'] ?? 1);
  return Math.max(usual, Math.ceil(long * share));
}

/** True when a unique index refused a write: the race was lost, or the same thing was stored before. */
export function isDuplicateKey(error: unknown, indexField?: string): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 11000) return false;
  if (indexField === undefined) return true;
  const pattern = 'keyPattern' in error ? error.keyPattern : undefined;
  return typeof pattern === 'object' && pattern !== null && indexField in pattern;
}

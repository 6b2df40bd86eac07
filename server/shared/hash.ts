import { createHash } from 'node:crypto';

/**
 * JSON with sorted keys, so that equal values give equal text. bigint is written as a decimal string
 * with the suffix `n`, a Date as ISO 8601; undefined members are left out.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}n"`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** SHA-256 in hex of a value's canonical JSON, or of raw bytes. */
export function contentHash(value: unknown): string {
  const input = value instanceof Uint8Array ? value : canonicalJson(value);
  return createHash('sha256').update(input).digest('hex');
}

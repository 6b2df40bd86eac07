/**
 * Replacer of JSON.stringify: a bigint becomes a JSON number while a number holds it exactly, and a decimal
 * string beyond (over 90 million million minor units), because a wrong amount is worse than an odd type.
 */
export function writeBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value.toString();
}

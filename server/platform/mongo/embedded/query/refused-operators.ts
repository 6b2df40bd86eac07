import type { CommandError } from '../errors.ts';
import { badValue, notImplemented } from '../errors.ts';

/** Filter operators that MongoDB has and the embedded store refuses. */
export const REFUSED_QUERY_OPERATORS: ReadonlySet<string> = new Set([
  '$alwaysFalse', '$alwaysTrue', '$bitsAllClear', '$bitsAllSet', '$bitsAnyClear', '$bitsAnySet', '$box', '$center', '$centerSphere', '$geoIntersects', '$geometry', '$geoNear', '$geoWithin', '$jsonSchema', '$maxDistance',
  '$minDistance', '$near', '$nearSphere', '$polygon', '$sampleRate', '$text', '$where', '$within', '$uniqueDocs',
]); // prettier-ignore

/** The error for an operator that no table has: refused when MongoDB knows it, else a mistake of the client. */
export function refuseQueryOperator(name: string, mistake: string): CommandError {
  return REFUSED_QUERY_OPERATORS.has(name) ? notImplemented(name) : badValue(mistake + name);
}

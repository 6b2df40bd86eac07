import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { AFTER_ALL, isNaNValue, orderKey, typeBracket } from '../bson/order-key.ts';
import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { isOperatorDocument } from '../query/filter.ts';

/** Where the keys of matching values lie: some points, or everything between two keys. */
export interface KeyRange {
  points?: Value[];
  low: string;
  high: string;
}

/** What a filter asks of each field, from its top level and its `$and`s. Field name to operators. */
export function conditionsByField(filter: Document): Map<string, Document[]> {
  const conditions = new Map<string, Document[]>();
  const collect = (clause: Document): void => {
    for (const [name, argument] of clause) {
      if (name === '$and' && isArray(argument)) argument.filter(isDocument).forEach(collect);
      if (name.startsWith('$')) continue;
      const operators: Document = isOperatorDocument(argument) ? argument : new Map([['$eq', argument]]);
      conditions.set(name, [...(conditions.get(name) ?? []), operators]);
    }
  };
  collect(filter);
  return conditions;
}

/**
 * The narrowest single condition on a field that an index can serve, or undefined. Documents outside the
 * range cannot match; those inside are still tested. Two conditions are joined only for fields without
 * arrays (`mayJoin`): in an array, different elements may satisfy them.
 */
export function keyRange(conditions: readonly Document[], mayJoin: boolean): KeyRange | undefined {
  const ranges = conditions.flatMap((operators) =>
    [...operators].map(([name, value]) => rangeOf(name, value)),
  );
  const usable = ranges.filter((range) => range !== undefined);
  const points = usable.find((range) => range.points !== undefined);
  if (points || !mayJoin || usable.length < 2) return points ?? usable[0];
  const low = usable.map((range) => range.low).reduce((a, b) => (a > b ? a : b));
  const high = usable.map((range) => range.high).reduce((a, b) => (a < b ? a : b));
  return { low, high };
}

function rangeOf(operator: string, operand: Value): KeyRange | undefined {
  if (operator === '$in' && isArray(operand)) return operand.every(isPoint) ? pointRange(operand) : undefined;
  if (!isPoint(operand)) return undefined;
  if (operator === '$eq') return pointRange([operand]);
  if (operand === null || isNaNValue(operand)) return undefined;
  const key = orderKey(operand);
  const bracket = typeBracket(key);
  if (operator === '$gt' || operator === '$gte') return { low: key, high: bracket + AFTER_ALL };
  if (operator === '$lt' || operator === '$lte') return { low: bracket, high: key + AFTER_ALL };
  return undefined;
}

function pointRange(points: Value[]): KeyRange {
  return { points, low: '', high: AFTER_ALL };
}

/** Values that stand in an index exactly as a filter compares them. */
function isPoint(value: Value): boolean {
  const isSpecial = value instanceof BSONRegExp || value instanceof MinKey || value instanceof MaxKey;
  return !isSpecial && !isArray(value);
}

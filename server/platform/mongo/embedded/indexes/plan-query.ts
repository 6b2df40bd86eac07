import { MaxKey, MinKey } from 'bson';
import { isNaNValue } from '../query/compile-filter.ts';
import type { Collection } from '../storage/collection.ts';
import { AFTER_ALL, descending, orderKey, typeBracket } from '../values/order-key.ts';
import type { Document, Value } from '../values/value.ts';
import { isArray, isDocument, isOperatorDocument } from '../values/value.ts';
import type { CollectionIndex } from './collection-index.ts';
import type { KeyField } from './index-spec.ts';
import type { StoredRecord } from './sorted-entries.ts';

/** Records that may match, in an order; every record that does match is among them, once. */
export interface QueryPlan {
  /** True when the records come in the order that was asked for. */
  isSorted: boolean;
  candidates: () => Iterable<StoredRecord>;
}

/** A plan with one index. */
interface IndexPlan extends QueryPlan {
  /** How much the filter narrows the index, and whether it has the order of the sort; 0 when it is of no use. */
  score: number;
}

/** What a filter asks of a field: operators with their arguments. */
type Conditions = ReadonlyMap<string, readonly [operator: string, operand: Value][]>;

/** Keys from `low` on, up to and including all that begin with `high`; a point when the two are the same. */
interface KeyRange {
  low: string;
  high: string;
}

const MOST_POINTS = 4096;

/** Chooses the index that narrows most, else one in the order of the sort, else the whole collection. */
export function planQuery(collection: Collection, filter: Document, sort: readonly KeyField[]): QueryPlan {
  const conditions = conditionsByField(filter);
  const [best] = collection.indexes
    .filter((index) => holdsAllMatches(index, conditions))
    .map((index) => planWith(index, conditions, sort))
    .filter((plan) => plan.score > 0)
    .sort((a, b) => b.score - a.score);
  return best ?? { isSorted: sort.length === 0, candidates: () => collection.records() };
}

/** From the top level of a filter and its `$and`s. */
function conditionsByField(filter: Document): Conditions {
  const conditions = new Map<string, [string, Value][]>();
  const collect = (clause: Document): void => {
    for (const [name, argument] of clause) {
      if (name === '$and' && isArray(argument)) argument.filter(isDocument).forEach(collect);
      if (name.startsWith('$')) continue;
      const operators: Document = isOperatorDocument(argument) ? argument : new Map([['$eq', argument]]);
      conditions.set(name, [...(conditions.get(name) ?? []), ...operators]);
    }
  };
  collect(filter);
  return conditions;
}

/** A sparse index serves only filters that exclude missing fields, a partial one none: it is there to be unique. */
function holdsAllMatches({ spec }: CollectionIndex, conditions: Conditions): boolean {
  const excludesMissing = ({ name }: KeyField): boolean =>
    (conditions.get(name) ?? []).some(([operator, operand]) => {
      if (operator === '$in') return isArray(operand) && !operand.includes(null);
      return ['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator) && operand !== null;
    });
  return spec.partial === undefined && (!spec.sparse || spec.fields.some(excludesMissing));
}

function planWith(index: CollectionIndex, conditions: Conditions, sort: readonly KeyField[]): IndexPlan {
  let ranges: KeyRange[] = [{ low: '', high: '' }];
  let [points, bounds] = [0, 0];
  for (const field of index.spec.fields) {
    const isNumbered = /(^|\.)\d+(\.|$)/.test(field.name);
    const found = isNumbered ? undefined : keyRanges(conditions.get(field.name) ?? [], !index.isMultikey);
    if (found === undefined || found.length * ranges.length > MOST_POINTS) break;
    const turned = (field.descending ? found.map(turnedAround) : found).sort(byLow);
    ranges = ranges.flatMap((prefix) =>
      turned.map(({ low, high }) => ({ low: prefix.low + low, high: prefix.high + high })),
    );
    if (!found.every(isPoint)) {
      bounds = 1;
      break;
    }
    points += 1;
  }
  const order = sortDirection(index, points, ranges.length, sort);
  return {
    isSorted: order !== undefined,
    score: 4 * points + 2 * bounds + (order !== undefined && sort.length > 0 ? 1 : 0),
    candidates: () => scan(index, ranges, order === 'backward'),
  };
}

function isPoint({ low, high }: KeyRange): boolean {
  return low === high;
}

function byLow(a: KeyRange, b: KeyRange): number {
  return a.low < b.low ? -1 : 1;
}

function turnedAround({ low, high }: KeyRange): KeyRange {
  return { low: descending(high), high: descending(low) };
}

/**
 * The narrowest condition on a field that an index can serve, or undefined: some points, or one range. Documents
 * outside cannot match; those inside are still tested. Two conditions are joined only for fields without arrays
 * (`mayJoin`): in an array, different elements may satisfy them.
 */
function keyRanges(conditions: readonly [string, Value][], mayJoin: boolean): KeyRange[] | undefined {
  const usable = conditions.map(rangesOf).filter((ranges) => ranges !== undefined);
  const points = usable.find((ranges) => ranges.every(isPoint));
  if (points || !mayJoin || usable.length < 2) return points ?? usable[0];
  const bounds = usable.flat();
  const low = bounds.map((range) => range.low).reduce((a, b) => (a > b ? a : b));
  const high = bounds.map((range) => range.high).reduce((a, b) => (a + AFTER_ALL < b + AFTER_ALL ? a : b));
  return [{ low, high }];
}

function rangesOf([operator, operand]: [string, Value]): KeyRange[] | undefined {
  const operands = operator === '$in' && isArray(operand) ? operand : [operand];
  if (!operands.every(isComparable)) return undefined;
  const keys = [...new Set(operands.map(orderKey))];
  if (operator === '$eq' || operator === '$in') return keys.map((key) => ({ low: key, high: key }));
  const [key = ''] = keys;
  if (operand === null || isNaNValue(operand)) return undefined;
  if (operator === '$gt' || operator === '$gte') return [{ low: key, high: typeBracket(key) }];
  if (operator === '$lt' || operator === '$lte') return [{ low: typeBracket(key), high: key }];
  return undefined;
}

/** True for values that stand in an index exactly as a filter compares them. */
function isComparable(value: Value): boolean {
  return ![MinKey, MaxKey, Array].some((type) => value instanceof type);
}

/** Whether the index, behind its fixed fields, has the order of the sort, or exactly the opposite one. */
function sortDirection(
  index: CollectionIndex,
  fixed: number,
  ranges: number,
  sort: readonly KeyField[],
): 'forward' | 'backward' | undefined {
  if (sort.length === 0) return 'forward';
  if (index.isMultikey || ranges > 1) return undefined;
  const rest = index.spec.fields.slice(fixed);
  if (sort.some(({ name }, i) => name !== rest[i]?.name)) return undefined;
  const turned = new Set(sort.map((field, i) => field.descending !== rest[i]?.descending));
  if (turned.size > 1) return undefined;
  return turned.has(true) ? 'backward' : 'forward';
}

function* scan(index: CollectionIndex, ranges: KeyRange[], isReverse: boolean): Generator<StoredRecord> {
  // An array may put one record under several keys of the range.
  const seen = index.isMultikey ? new Set<StoredRecord>() : undefined;
  for (const { low, high } of ranges) {
    for (const { record } of index.range(low, high + AFTER_ALL, isReverse)) {
      if (seen?.has(record)) continue;
      seen?.add(record);
      yield record;
    }
  }
}

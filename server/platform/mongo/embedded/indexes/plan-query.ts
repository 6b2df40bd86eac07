import { AFTER_ALL, descending, orderKey } from '../bson/order-key.ts';
import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import type { Collection } from '../storage/collection.ts';
import type { StoredRecord } from '../storage/stored-record.ts';
import type { CollectionIndex } from './collection-index.ts';
import type { KeyField } from './index-spec.ts';
import type { KeyRange } from './key-ranges.ts';
import { conditionsByField, keyRange } from './key-ranges.ts';
import { compileOperators } from '../query/compile-filter.ts';

/** Records that may match, in an order; every record that does match is among them, once. */
export interface QueryPlan {
  /** None when the whole collection must be read, several for the branches of an `$or`. */
  indexes: readonly CollectionIndex[];
  /** True when the records come in the order that was asked for. */
  isSorted: boolean;
  candidates: () => Iterable<StoredRecord>;
}

/** A plan with one index. */
interface IndexPlan extends QueryPlan {
  /** How much the filter narrows the index, 0 when it does not. */
  narrowing: number;
  score: number;
}

const MOST_POINTS = 4096;

/** Chooses the index that narrows most, else one for each branch of an `$or`, else the whole collection. */
export function planQuery(collection: Collection, filter: Document, sort: readonly KeyField[]): QueryPlan {
  const best = bestIndex(collection, filter, sort);
  if (best && best.narrowing > 0) return best;
  const wholeCollection = {
    indexes: [],
    isSorted: sort.length === 0,
    candidates: () => collection.records(),
  };
  return planBranches(collection, filter, sort) ?? best ?? wholeCollection;
}

function bestIndex(
  collection: Collection,
  filter: Document,
  sort: readonly KeyField[],
): IndexPlan | undefined {
  const conditions = conditionsByField(filter);
  const plans = collection.indexes
    .filter((index) => holdsAllMatches(index, conditions))
    .map((index) => planWith(index, conditions, sort))
    .filter((plan) => plan.score > 0);
  return plans.sort((a, b) => b.score - a.score)[0];
}

/** For an `$or` of which every branch is narrowed by an index: the records of all of them. */
function planBranches(
  collection: Collection,
  filter: Document,
  sort: readonly KeyField[],
): QueryPlan | undefined {
  const branches = filter.get('$or');
  if (!isArray(branches)) return undefined;
  const plans = branches.map((branch) => bestIndex(collection, new Map([['$and', [filter, branch]]]), []));
  if (!plans.every((plan) => plan !== undefined)) return undefined;
  return {
    indexes: plans.flatMap(({ indexes }) => indexes),
    isSorted: sort.length === 0,
    candidates: () => new Set(plans.flatMap(({ candidates }) => [...candidates()])),
  };
}

function planWith(
  index: CollectionIndex,
  conditions: ReadonlyMap<string, Document[]>,
  sort: readonly KeyField[],
): IndexPlan {
  const { fields } = index.spec;
  let prefixes = [''];
  let bounds: KeyRange | undefined;
  let fixed = 0;
  for (const field of fields) {
    const isUsable = !/(^|\.)\d+(\.|$)/.test(field.name);
    const range = isUsable ? keyRange(conditions.get(field.name) ?? [], !index.isMultikey) : undefined;
    if (range?.points === undefined || range.points.length * prefixes.length > MOST_POINTS) {
      bounds = range?.points ? undefined : range;
      break;
    }
    const points = pointKeys(range.points, field);
    prefixes = prefixes.flatMap((prefix) => points.map((point) => prefix + point));
    fixed += 1;
  }
  const order = sortDirection(index, fixed, prefixes.length, sort);
  const ranges = prefixes.map((prefix) => prefixed(prefix, bounds, fields[fixed]));
  const narrowing = 4 * fixed + (bounds ? 2 : 0);
  return {
    indexes: [index],
    isSorted: sort.length === 0 || order !== undefined,
    narrowing,
    score: narrowing + (order !== undefined && sort.length > 0 ? 1 : 0),
    candidates: () => scan(index, ranges, order === 'backward'),
  };
}

function pointKeys(points: readonly Value[], field: KeyField): string[] {
  const keys = points.map((point) => (field.descending ? descending(orderKey(point)) : orderKey(point)));
  return [...new Set(keys)].sort();
}

function prefixed(
  prefix: string,
  bounds: KeyRange | undefined,
  field: KeyField | undefined,
): [string, string] {
  if (!bounds || !field) return [prefix, prefix + AFTER_ALL];
  if (!field.descending) return [prefix + bounds.low, prefix + bounds.high];
  const high = bounds.low === '' ? AFTER_ALL : descending(bounds.low) + AFTER_ALL;
  const low = bounds.high.endsWith(AFTER_ALL)
    ? descending(bounds.high.slice(0, -1))
    : descending(bounds.high);
  return [prefix + low, prefix + high];
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
  if (sort.length > rest.length || sort.some(({ name }, i) => name !== rest[i]?.name)) return undefined;
  const turned = sort.map((field, i) => field.descending !== rest[i]?.descending);
  if (turned.every((isTurned) => !isTurned)) return 'forward';
  return turned.every((isTurned) => isTurned) ? 'backward' : undefined;
}

function* scan(
  index: CollectionIndex,
  ranges: [string, string][],
  isReverse: boolean,
): Generator<StoredRecord> {
  // An array may put one record under several keys of the range.
  const seen = index.isMultikey ? new Set<StoredRecord>() : undefined;
  for (const [low, high] of ranges) {
    for (const { record } of index.range(low, high, isReverse)) {
      if (seen?.has(record)) continue;
      seen?.add(record);
      yield record;
    }
  }
}

/** A sparse or partial index serves only filters whose matches it is certain to hold. */
function holdsAllMatches(index: CollectionIndex, conditions: ReadonlyMap<string, Document[]>): boolean {
  const { sparse, partial, fields } = index.spec;
  if (sparse && !fields.some(({ name }) => excludesMissing(conditions.get(name) ?? []))) return false;
  return partial === undefined || isImplied(partial.expression, conditions);
}

function excludesMissing(conditions: readonly Document[]): boolean {
  return conditions.some((operators) =>
    [...operators].some(([operator, operand]) => {
      if (operator === '$in') return Array.isArray(operand) && !operand.includes(null);
      return ['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator) && operand !== null;
    }),
  );
}

/** True when each part of the partial filter follows from a value that the query fixes or a range it sets. */
function isImplied(expression: Document, conditions: ReadonlyMap<string, Document[]>): boolean {
  return [...conditionsByField(expression)].every(([name, required]) => {
    const given = conditions.get(name) ?? [];
    return required.every((operators) => {
      if (given.some((other) => isSame(other, operators))) return true;
      const onlyExists = operators.size === 1 && operators.get('$exists') === true;
      if (onlyExists && excludesMissing(given)) return true;
      const fixed = given.map((other) => other.get('$eq')).find((value) => value !== undefined && value !== null);
      return fixed !== undefined && compileOperators(operators).every((test) => test.ofValue(fixed));
    });
  }) && [...expression.keys()].every((name) => !name.startsWith('$')); // prettier-ignore
}

function isSame(a: Document, b: Document): boolean {
  return isDocument(a) && isDocument(b) && orderKey(a) === orderKey(b);
}

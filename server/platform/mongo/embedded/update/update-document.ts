import { ObjectId } from 'bson';
import { orderKey } from '../bson/order-key.ts';
import type { Document, Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Match } from '../query/find-matches.ts';
import type { Collection } from '../storage/collection.ts';
import type { ChangeSet } from '../storage/change-set.ts';
import type { Update } from './compile-update.ts';

export interface UpdateOutcome {
  isModified: boolean;
  after: Document;
}

/** Updates one stored document that matched. Throws CommandError 66 when its `_id` would change. */
export function updateDocument(
  collection: Collection,
  { record, document, details }: Match,
  update: Update,
  now: Date,
  changes: ChangeSet,
): UpdateOutcome {
  const id = document.get('_id') ?? null;
  const updated = update.apply(document, details, { isInsert: false, now });
  assertSameId(id, updated);
  const after = withIdFirst(updated);
  return { isModified: collection.replace(record, after, changes), after };
}

/** Every stored document begins with its `_id`; recovery relies on it. A missing one is made up. */
export function withIdFirst(document: Document): Document {
  const [first] = document.keys();
  if (first === '_id') return document;
  return new Map<string, Value>([['_id', document.get('_id') ?? new ObjectId()], ...document]);
}

export function assertSameId(id: Value, after: Document): void {
  if (orderKey(after.get('_id')) === orderKey(id) && after.has('_id')) return;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

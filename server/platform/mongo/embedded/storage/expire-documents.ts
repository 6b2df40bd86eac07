import type { Document } from '../bson/value.ts';
import { findMatchesToChange } from '../query/find-matches.ts';
import type { Catalog } from './catalog.ts';
import type { ChangeSet } from './change-set.ts';

/** Removes the documents whose time is over by a TTL index; in an array of dates the earliest counts. */
export function expireDocuments(catalog: Catalog, changes: ChangeSet, now: Date): void {
  for (const collection of catalog.all()) {
    for (const { spec } of collection.indexes) {
      const [field] = spec.fields;
      if (spec.expireAfterSeconds === undefined || !field) continue;
      const latest = new Date(now.getTime() - spec.expireAfterSeconds * 1000);
      const isOver: Document = new Map([[field.name, new Map([['$lte', latest]])]]);
      for (const { record, document } of findMatchesToChange(collection, isOver)) {
        if (spec.partial?.matches(document, {}) !== false) collection.remove(record, changes);
      }
    }
  }
}

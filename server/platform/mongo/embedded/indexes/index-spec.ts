import type { Document } from '../bson/value.ts';
import type { Filter } from '../query/filter.ts';

/** One field of an index or of a sort. */
export interface KeyField {
  name: string;
  path: readonly string[];
  descending: boolean;
}

/** An index as the store keeps it; `definition` is what listIndexes answers. */
export interface IndexSpec {
  name: string;
  fields: readonly KeyField[];
  unique: boolean;
  sparse: boolean;
  /** Seconds after the date in the first field at which a document is removed. */
  expireAfterSeconds: number | undefined;
  /** Only documents that match this are in the index. */
  partial: { expression: Document; matches: Filter } | undefined;
  definition: Document;
}

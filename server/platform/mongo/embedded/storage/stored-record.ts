/** One stored document. The object stays the same while its document changes, so indexes can point to it. */
export interface StoredRecord {
  /** Order of insertion within the collection. */
  readonly sequence: number;
  /** `orderKey` of its `_id`. */
  readonly idKey: string;
  /** BSON; never changed in place, so a reader may keep it. */
  bytes: Uint8Array;
}

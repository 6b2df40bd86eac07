import type { Document } from '../bson/value.ts';

/** Turns one stream of documents into the next. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

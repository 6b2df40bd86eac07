import { Schema, type Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';

/** The field in which a document carries the events that its stage left (architecture: hand-over). */
export const pendingEventsField = {
  type: [
    new Schema(
      {
        id: { type: String, required: true },
        type: { type: String, required: true },
        merchantId: { type: String, required: true },
        at: { type: Date, required: true },
        attempts: { type: Number, required: true },
        data: { type: Schema.Types.Mixed, required: true },
      },
      { _id: false },
    ),
  ],
  default: () => [],
};

/** Serves the dispatcher's query for due events; sparse, because nearly every document has none. */
export function indexPendingEvents(schema: Schema): void {
  schema.index({ 'pendingEvents.at': 1 }, { sparse: true });
}

export interface DocumentWithEvents {
  _id: string;
  pendingEvents: PendingEvent[];
}

/** What the dispatcher needs of one collection that carries events. */
export interface PendingEventStore {
  name: string;
  /**
   * Documents with an event due at `moment`. They come in the order of the index, the oldest first, but no database
   * promises that unasked, so it is fair and nothing is right because of it. To ask for it would make the database
   * read all that is due before the first, because the field is an array.
   */
  findDue(moment: Date, limit: number): Promise<DocumentWithEvents[]>;
  remove(documentId: string, eventId: string): Promise<void>;
  postpone(documentId: string, eventId: string, until: Date): Promise<void>;
}

/** The pending events of one collection. */
export function createPendingEventStore(connection: Connection, name: string): PendingEventStore {
  const collection = connection.collection<DocumentWithEvents>(name);
  return {
    name,
    findDue: (moment, limit) =>
      collection
        .find({ 'pendingEvents.at': { $lte: moment } })
        .project<DocumentWithEvents>({ pendingEvents: 1 })
        .limit(limit)
        .toArray(),
    remove: async (_id, id) => {
      await collection.updateOne({ _id }, { $pull: { pendingEvents: { id } } });
    },
    postpone: async (_id, id, until) => {
      await collection.updateOne(
        { _id, 'pendingEvents.id': id },
        { $set: { 'pendingEvents.$.at': until }, $inc: { 'pendingEvents.$.attempts': 1 } },
      );
    },
  };
}

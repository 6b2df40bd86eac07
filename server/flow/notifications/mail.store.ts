import type { Connection } from 'mongoose';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import type { PendingEvent } from '../../shared/events.ts';
import { defineMailModel } from './mail.model.ts';
import type { Mail } from './mail.ts';

export interface MailStore {
  byId(merchantId: string, mailId: string): Promise<Mail | undefined>;
  byReference(merchantId: string, reference: string): Promise<Mail | undefined>;
  /** False when another write came first, or when the reference has its mail already. */
  save(mail: Mail, events: PendingEvent[]): Promise<boolean>;
}

/** The dispatcher's part of the document is never read back, so that a save cannot bring it back. */
const WITHOUT_EVENTS = { pendingEvents: 0 } as const;

export function createMailStore(connection: Connection): MailStore {
  const mails = defineMailModel(connection);
  return {
    byId: async (merchantId, _id) =>
      (await mails.findOne({ merchantId, _id }, WITHOUT_EVENTS).lean<Mail>()) ?? undefined,
    byReference: async (merchantId, reference) =>
      (await mails.findOne({ merchantId, reference }, WITHOUT_EVENTS).lean<Mail>()) ?? undefined,
    save: (mail, events) => saveWithEvents(connection, mails.collection.name, mail, events),
  };
}

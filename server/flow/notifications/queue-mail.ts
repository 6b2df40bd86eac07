import type { Clock } from '../../shared/clock.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Mail } from './mail.ts';
import type { MailStore } from './mail.store.ts';

/** What a mail says and to whom. */
export type MailContent = Pick<
  Mail,
  'merchantId' | 'reference' | 'affiliateId' | 'to' | 'senderName' | 'list' | 'subject' | 'text' | 'html'
>;

export interface QueueMailDeps {
  mails: Pick<MailStore, 'save'>;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'mails') => void;
}

/** Stores a mail and leaves `mail.queued`. A reference that has its mail already is left as it is. */
export function createQueueMail({ mails, clock, newId, nudge }: QueueMailDeps) {
  return async (content: MailContent): Promise<void> => {
    const now = clock();
    const mail: Mail = {
      ...content,
      _id: newId(),
      revision: 0,
      queuedAt: now,
      state: 'queued',
      attempts: 0,
      leaseUntil: null,
      sentAt: null,
      failure: null,
    };
    const event = pendingEvent('mail.queued', content.merchantId, { mailId: mail._id }, { id: newId(), now });
    if (await mails.save(mail, [event])) nudge('mails');
  };
}

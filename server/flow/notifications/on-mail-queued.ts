import { DeliveryError, type MailTransport } from '../../platform/mail/index.ts';
import { DAY, MINUTE, type Clock } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import type { Mail } from './mail.ts';
import type { MailStore } from './mail.store.ts';

/** Longer than the transport lets one attempt take: only the attempt of a dead process is older. */
const LEASE = 2 * MINUTE;
/** How long mail servers keep trying (RFC 5321, 4.5.4.1). */
const GIVE_UP_AFTER = 5 * DAY;

export interface OnMailQueuedDeps {
  mails: Pick<MailStore, 'byId' | 'save'>;
  transport: Pick<MailTransport, 'send'>;
  clock: Clock;
}

/**
 * Sends a queued mail and marks it sent; a mail that was sent or given up is left alone. What the mail server
 * refuses for good is marked failed. Should the process die after the server took the mail and before that
 * was written, it goes out once more under the same Message-ID.
 * @throws Error when the attempt is to be repeated later
 */
export function createOnMailQueued({ mails, transport, clock }: OnMailQueuedDeps) {
  return async ({ merchantId, data }: PendingEvent<'mail.queued'>): Promise<void> => {
    const mail = await mails.byId(merchantId, data.mailId);
    if (mail?.state !== 'queued') return;
    const claimed = await claim(mail);
    try {
      await transport.send(describeOutgoing(claimed));
    } catch (error) {
      const isOver = isPermanent(error) || clock().getTime() - mail.queuedAt.getTime() > GIVE_UP_AFTER;
      const failure = error instanceof DeliveryError ? error.message : 'The mail could not be handed over.';
      await mails.save({ ...claimed, state: isOver ? 'failed' : 'queued', failure, leaseUntil: null }, []);
      if (isOver) return;
      throw error;
    }
    await mails.save({ ...claimed, state: 'sent', sentAt: clock(), failure: null, leaseUntil: null }, []);
  };

  /** Takes the mail for one attempt, so that two processes do not send it at once. */
  async function claim(mail: Mail): Promise<Mail> {
    const now = clock();
    const leaseUntil = new Date(now.getTime() + LEASE);
    const isFree = mail.leaseUntil === null || mail.leaseUntil <= now;
    const next: Mail = { ...mail, attempts: mail.attempts + 1, leaseUntil };
    if (isFree && (await mails.save(next, []))) return { ...next, revision: mail.revision + 1 };
    throw new Error(`mail ${mail._id} is being sent by another process`);
  }
}

function isPermanent(error: unknown): boolean {
  return error instanceof DeliveryError && error.permanent;
}

function describeOutgoing({ _id: id, to, senderName, list, queuedAt: writtenAt, subject, text, html }: Mail) {
  return { id, to, senderName, list, writtenAt, subject, text, html };
}

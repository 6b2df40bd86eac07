import type { SendMailOptions } from 'nodemailer';
import { asOneLine } from './as-one-line.ts';
import { DeliveryError } from './delivery-error.ts';
import type { OutgoingMail } from './mail-transport.ts';

/** One mailbox and nothing that a mail header could read as two. */
const MAILBOX = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/;

/**
 * The message of a mail, in the words of nodemailer: plain text and HTML as alternatives. The same mail
 * gives the same bytes.
 * @param sender the installation's address
 * @throws DeliveryError (permanent) when the recipient's address is not one mailbox
 */
export function buildMessage(mail: OutgoingMail, sender: string): SendMailOptions {
  const { id, to, text, html, writtenAt } = mail;
  if (!MAILBOX.test(to.address)) {
    throw new DeliveryError('The recipient has no usable e-mail address.', true);
  }
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return {
    messageId: `<${id}@${domain}>`,
    date: writtenAt,
    from: { name: asOneLine(mail.senderName), address: sender },
    to: { name: asOneLine(to.name), address: to.address },
    subject: asOneLine(mail.subject),
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated', 'List-Id': `<${mail.list}.${domain}>` },
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

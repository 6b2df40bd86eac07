import { createFolderTransport } from './create-folder-transport.ts';
import { createSmtpTransport } from './create-smtp-transport.ts';
import type { MailTransport } from './mail-transport.ts';

export interface MailSettings {
  /** `smtp://` or `smtps://`; wins over `folder`. */
  smtpUrl?: string | undefined;
  /** Where mails are written as .eml files when there is no mail server. */
  folder?: string | undefined;
  /** The installation's sending address, `refledger@shop.example`. */
  from: string;
}

/**
 * The way out for mails that the settings ask for.
 * @throws Error when the settings are not usable, without repeating them
 */
export function createMailTransport({ smtpUrl, folder, from }: MailSettings): MailTransport {
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from)) {
    throw new Error('The sender of mails must be a plain address such as refledger@shop.example.');
  }
  if (smtpUrl !== undefined) return createSmtpTransport(smtpUrl, from);
  if (folder !== undefined) return createFolderTransport(folder, from);
  throw new Error('Mails need an SMTP server or a folder to be written to.');
}

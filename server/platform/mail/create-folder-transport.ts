import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { buildMessage } from './build-message.ts';
import type { MailTransport } from './mail-transport.ts';

/**
 * Writes each mail as an .eml file into a folder instead of sending it, for trial; only its owner reads
 * them. Files sort by time; a mail that is sent again replaces itself.
 */
export function createFolderTransport(folder: string, sender: string): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await composer.sendMail(buildMessage(mail, sender));
      const name = `${mail.writtenAt.toISOString()} ${mail.id}`.replace(/[^\w-]/g, '-');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${name}.eml`), message as Buffer, { mode: 0o600 });
    },
    close: () => composer.close(),
  };
}

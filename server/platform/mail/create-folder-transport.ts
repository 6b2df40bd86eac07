import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { buildMessage } from './build-message.ts';
import type { MailTransport } from './mail-transport.ts';

/**
 * Writes each mail as an .eml file into a folder instead of sending it, for trial. Files sort by time;
 * a mail that is sent again replaces itself.
 */
export function createFolderTransport(folder: string, sender: string): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await composer.sendMail(buildMessage(mail, sender));
      const name = `${mail.writtenAt.toISOString()} ${mail.id}`.replace(/[^\w-]/g, '-');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.eml`), message as Buffer);
    },
    close: () => composer.close(),
  };
}

import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail that arrived, with the files to open it by. */
export interface SunkMail {
  to: string;
  subject: string;
  /** As it came over SMTP. */
  eml: string;
  /** Its HTML part. */
  html: string;
}

export interface MailSink {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  /** By recipient and subject, whatever the order in which they came. */
  mails(): SunkMail[];
  stop(): Promise<void>;
}

const LONGEST_NAME = 80;
/** How long stop waits for senders that keep their connection open, in milliseconds. */
const LONGEST_FAREWELL = 200;

/** A real SMTP server on loopback that keeps every mail as .eml, and as .html beside it. */
export async function startMailSink(folder: string): Promise<MailSink> {
  const mails: SunkMail[] = [];
  const names = new Set<string>();

  async function keep(raw: Buffer): Promise<void> {
    const mail = await PostalMime.parse(raw);
    const to = mail.to?.map(({ address }) => address ?? '').join(', ') ?? '';
    const subject = mail.subject ?? '';
    const base = join(folder, chooseName(to, subject, names));
    const kept = { to, subject, eml: `${base}.eml`, html: `${base}.html` };
    await writeFile(kept.eml, raw);
    await writeFile(kept.html, htmlOf(mail));
    mails.push(kept);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: LONGEST_FAREWELL,
    onData(stream, _session, done) {
      buffer(stream)
        .then(keep)
        .then(() => done(), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => mails.toSorted((a, b) => (a.eml < b.eml ? -1 : 1)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Tells by itself what is inside: `anna-you-earned-7-40-eur-order-1001`, numbered where that is taken. */
function chooseName(to: string, subject: string, taken: Set<string>): string {
  const [mailbox = ''] = to.split('@');
  const words = `${mailbox} ${subject}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const name = words.replace(/^-|-$/g, '').slice(0, LONGEST_NAME);
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${name}-${copy}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

function htmlOf({ html, text }: Email): string {
  return html ?? `<pre>${(text ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
}

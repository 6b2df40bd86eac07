import { createTransport, type NodemailerError } from 'nodemailer';
import { MINUTE, SECOND } from '../../shared/clock.ts';
import { buildMessage } from './build-message.ts';
import { toDeliveryError } from './delivery-error.ts';
import type { MailTransport } from './mail-transport.ts';

const TIMEOUTS = {
  dnsTimeout: 10 * SECOND,
  connectionTimeout: 10 * SECOND,
  greetingTimeout: 10 * SECOND,
  socketTimeout: 30 * SECOND,
};
/** Whoever repeats a send must wait longer than this. */
const LONGEST_SEND = MINUTE;
const CONNECTIONS = 4;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Sends through an SMTP server over a few kept connections.
 * @param smtpUrl `smtp://` (TLS when the server offers it) or `smtps://`, with user and password if needed
 * @throws Error for anything else; the message does not repeat the URL, which may hold a password
 */
export function createSmtpTransport(smtpUrl: string, sender: string): MailTransport {
  const url = parseSmtpUrl(smtpUrl);
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    // A password goes over the network under TLS or not at all.
    requireTLS: url.username !== '' && !LOOPBACK.test(url.hostname),
    ...TIMEOUTS,
  });
  return {
    async send(mail) {
      const message = { ...buildMessage(mail, sender), signal: AbortSignal.timeout(LONGEST_SEND) };
      try {
        await pool.sendMail(message);
      } catch (error) {
        throw toDeliveryError(error as NodemailerError);
      }
    },
    close: () => pool.close(),
  };
}

function parseSmtpUrl(smtpUrl: string): URL {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined;
  if (url && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '') return url;
  throw new Error('The address of the mail server must have the form smtp://user:password@host:port.');
}

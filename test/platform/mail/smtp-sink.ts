import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface SmtpSink {
  url: string;
  port: number;
  /** What arrived, parsed, with who it was handed over for. */
  mails: (Email & { recipients: string[]; source: string })[];
  close(): Promise<void>;
}

export interface SinkBehaviour {
  /** The answer to RCPT TO, e.g. `550 5.1.1 no such user`; undefined takes the mail. */
  refusal?: () => string | undefined;
  /** Wants this user and password before it takes a mail. */
  login?: { user: string; pass: string };
}

/** A mail server on loopback that takes every mail and keeps it. */
export async function startSmtpSink({ refusal, login }: SinkBehaviour = {}): Promise<SmtpSink> {
  const mails: SmtpSink['mails'] = [];
  const options: SMTPServerOptions = {
    disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.pass) done(null, { user: username });
      else done(answer('535 5.7.8 bad credentials'));
    },
    onRcptTo(_address, _session, done) {
      const text = refusal?.();
      done(text === undefined ? null : answer(text));
    },
    onData(stream, session, done) {
      void readAll(stream).then(async (source) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ ...(await PostalMime.parse(source)), recipients, source: source.toString('latin1') });
        done();
      });
    },
  };
  const server = new SMTPServer(options);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(text: string): Error {
  return Object.assign(new Error(text.slice(4)), { responseCode: parseInt(text, 10) });
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

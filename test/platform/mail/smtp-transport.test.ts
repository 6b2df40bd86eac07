import { expect } from 'chai';
import {
  createMailTransport,
  DeliveryError,
  type MailTransport,
} from '../../../server/platform/mail/index.ts';
import { freePort } from '../../support/database.ts';
import { aMail } from './a-mail.ts';
import { startSmtpSink, type SinkBehaviour, type SmtpSink } from './smtp-sink.ts';

const FROM = 'refledger@shop.example';

async function failureOf(transport: MailTransport, mail = aMail()): Promise<DeliveryError> {
  try {
    await transport.send(mail);
  } catch (error) {
    return error as DeliveryError;
  }
  throw new Error('the mail went out');
}

describe('a mail through an SMTP server', () => {
  let sink: SmtpSink;
  let transport: MailTransport;
  const open: (() => unknown)[] = [];

  async function connect(behaviour: SinkBehaviour = {}, credentials = ''): Promise<void> {
    sink = await startSmtpSink(behaviour);
    transport = createMailTransport({ smtpUrl: sink.url.replace('//', `//${credentials}`), from: FROM });
    const opened = { sink, transport };
    open.push(
      () => opened.transport.close(),
      () => opened.sink.close(),
    );
  }

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  it('arrives as plain text and HTML, one beside the other', async () => {
    await connect();
    await transport.send(aMail());
    const [mail] = sink.mails;
    expect(mail?.source).to.match(/^Content-Type: multipart\/alternative;/m);
    expect(mail?.text).to.equal('Grüezi Anna, 7.40 EUR\n');
    expect(mail?.html).to.include('<b>7.40 EUR</b>');
  });

  it('says who sends it, to whom, about what and when', async () => {
    await connect();
    await transport.send(aMail());
    const [mail] = sink.mails;
    expect(mail?.from).to.deep.include({ name: 'Teehaus Grün', address: FROM });
    expect(mail?.to).to.have.length(1);
    expect(mail?.to?.[0]).to.deep.include({ name: 'Anna Berg', address: 'anna@partners.example' });
    expect(mail?.subject).to.equal('You earned 7.40 EUR: order #1001');
    expect(new Date(mail?.date ?? 0)).to.deep.equal(new Date('2026-09-03T10:00:00Z'));
  });

  it('is marked as automatic and can be filtered', async () => {
    await connect();
    await transport.send(aMail());
    const headers = new Map(sink.mails[0]?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(headers.get('list-id')).to.equal('<commissions.m-1.shop.example>');
  });

  it('has the same Message-ID when it is sent again', async () => {
    await connect();
    await transport.send(aMail());
    await transport.send(aMail());
    expect(sink.mails.map(({ messageId }) => messageId)).to.deep.equal([
      '<mail-1@shop.example>',
      '<mail-1@shop.example>',
    ]);
  });

  it('gets no further header or recipient from line breaks in names and subject', async () => {
    await connect();
    const evil = 'Anna\r\nBcc: eve@evil.example\r\n\r\n<script>';
    const to = { name: evil, address: 'anna@partners.example' };
    await transport.send(aMail({ subject: evil, senderName: evil, to }));
    const [mail] = sink.mails;
    expect(mail?.recipients).to.deep.equal(['anna@partners.example']);
    expect(mail?.bcc ?? []).to.deep.equal([]);
    expect(mail?.subject).to.equal('Anna Bcc: eve@evil.example <script>');
    expect(mail?.text).to.equal('Grüezi Anna, 7.40 EUR\n');
  });

  for (const address of [
    'anna@a.example, eve@evil.example',
    'anna',
    '',
    'a@b.example>\r\nRCPT TO:<eve@c.example',
  ]) {
    it(`is refused for good when the address is ${JSON.stringify(address)}`, async () => {
      await connect();
      const failure = await failureOf(transport, aMail({ to: { name: 'Anna', address } }));
      expect(failure.permanent).to.equal(true);
      expect(sink.mails).to.have.length(0);
    });
  }

  it('is refused for good when the recipient does not exist, and the error names no address', async () => {
    await connect({ refusal: () => '550 5.1.1 no mailbox anna@partners.example here' });
    const failure = await failureOf(transport);
    expect(failure).to.be.instanceOf(DeliveryError);
    expect(failure.permanent).to.equal(true);
    expect(failure.message).to.include('550 5.1.1').and.not.include('anna@');
  });

  it('may go out later when the recipient is over quota today', async () => {
    await connect({ refusal: () => '452 4.2.2 mailbox full' });
    const failure = await failureOf(transport);
    expect([failure.permanent, failure.message.includes('452')]).to.deep.equal([false, true]);
  });

  it('goes out with a user and a password that hold odd characters', async () => {
    await connect(
      { login: { user: 'shop@mail.example', pass: 'p:/ä@%' } },
      encodeURIComponent('shop@mail.example') + ':' + encodeURIComponent('p:/ä@%') + '@',
    );
    await transport.send(aMail());
    expect(sink.mails).to.have.length(1);
  });

  it('may go out later when the password is wrong, and the error does not tell it', async () => {
    await connect({ login: { user: 'shop', pass: 'right' } }, 'shop:hunter2@');
    const failure = await failureOf(transport);
    expect([failure.permanent, failure.message.includes('535')]).to.deep.equal([false, true]);
    expect(JSON.stringify({ ...failure }) + failure.stack).to.not.include('hunter2');
  });

  it('may go out later when no server listens', async () => {
    transport = createMailTransport({ smtpUrl: `smtp://127.0.0.1:${await freePort()}`, from: FROM });
    open.push(() => transport.close());
    const failure = await failureOf(transport);
    expect([failure.permanent, failure.message]).to.deep.equal([
      false,
      'The mail server could not take the mail (ESOCKET, ECONNREFUSED).',
    ]);
  });
});

describe('settings for mail that cannot work', () => {
  for (const smtpUrl of [
    'http://shop:hunter2@mail.example',
    'smtp://',
    'shop:hunter2@mail.example',
    'smtp://sh op:hunter2@',
  ]) {
    it(`are refused for "${smtpUrl.replace('hunter2', '...')}" without telling the password`, () => {
      expect(() => createMailTransport({ smtpUrl, from: FROM }))
        .to.throw('smtp://user:password@host:port')
        .that.satisfies(
          (error: Error) => !JSON.stringify({ ...error, message: error.message }).includes('hunter2'),
        );
    });
  }

  it('are refused when the sender is not an address', () => {
    expect(() => createMailTransport({ folder: '/nowhere', from: 'The Shop' })).to.throw('plain address');
  });

  it('are refused when there is neither a server nor a folder', () => {
    expect(() => createMailTransport({ from: FROM })).to.throw('SMTP server or a folder');
  });
});

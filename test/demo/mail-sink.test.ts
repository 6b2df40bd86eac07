import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createTransport } from 'nodemailer';
import { startMailSink, type MailSink } from '../../server/demo/index.ts';

describe('a mail sent to the demo', () => {
  let folder: string;
  let sink: MailSink;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refledger-sink-'));
    sink = await startMailSink(folder);
  });
  afterEach(async () => {
    await sink.stop();
    await rm(folder, { recursive: true });
  });

  async function send(...subjects: string[]): Promise<void> {
    const transport = createTransport(sink.url);
    for (const subject of subjects) {
      const message = { from: 'shop@demo.example', to: 'anna@demo.example', subject };
      await transport.sendMail({ ...message, text: 'Seven euros', html: '<p>Seven <b>euros</b></p>' });
    }
    transport.close();
  }

  it('lies in the folder as it came, and as a page to open', async () => {
    await send('You earned 7.40 EUR: order #1001');
    const [mail] = sink.mails();
    expect(mail).to.include({ to: 'anna@demo.example', subject: 'You earned 7.40 EUR: order #1001' });
    expect(mail?.eml).to.equal(join(folder, 'anna-you-earned-7-40-eur-order-1001.eml'));
    expect(await readFile(mail?.eml ?? '', 'utf8'))
      .to.contain('multipart/alternative')
      .and.contain('Seven euros');
    expect(await readFile(mail?.html ?? '', 'utf8')).to.contain('<p>Seven <b>euros</b></p>');
  });

  it('gets a file of its own when another has the same subject', async () => {
    await send('Hello', 'Hello', '../../Hello');
    expect(new Set(sink.mails().map(({ eml }) => eml))).to.have.lengthOf(3);
    for (const { eml } of sink.mails())
      expect(eml)
        .to.match(/^.*\/anna-hello(-\d)?\.eml$/)
        .and.contain(folder);
  });

  it('is listed by recipient and subject, whatever came first', async () => {
    await send('B', 'A');
    expect(sink.mails().map(({ subject }) => subject)).to.deep.equal(['A', 'B']);
  });
});

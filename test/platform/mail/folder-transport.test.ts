import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { createMailTransport, type MailTransport } from '../../../server/platform/mail/index.ts';
import { aMail } from './a-mail.ts';

describe('a mail when no SMTP server is set', () => {
  let folder: string;
  let transport: MailTransport;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'refledger-mail-')), 'mail');
    transport = createMailTransport({ folder, from: 'refledger@localhost' });
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const onlyFile = async (): Promise<Buffer> => {
    const names = await readdir(folder);
    expect(names).to.deep.equal(['2026-09-03T10-00-00-000Z-mail-1.eml']);
    return readFile(join(folder, names[0] ?? ''));
  };

  it('lies in the folder as an .eml file with both parts', async () => {
    await transport.send(aMail());
    const mail = await PostalMime.parse(await onlyFile());
    expect(mail.subject).to.equal('You earned 7.40 EUR: order #1001');
    expect(mail.text).to.include('7.40 EUR');
    expect(mail.html).to.include('<b>7.40 EUR</b>');
  });

  it("is for the eyes of the folder's owner alone", async () => {
    await transport.send(aMail());
    await onlyFile();
    const modes = [folder, join(folder, '2026-09-03T10-00-00-000Z-mail-1.eml')].map(
      async (path) => (await stat(path)).mode & 0o777,
    );
    expect(await Promise.all(modes)).to.deep.equal([0o700, 0o600]);
  });

  it('replaces itself, byte for byte, when it is sent again', async () => {
    await transport.send(aMail());
    const first = await onlyFile();
    await transport.send(aMail());
    expect((await onlyFile()).equals(first)).to.equal(true);
  });
});

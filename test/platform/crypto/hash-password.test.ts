import { expect } from 'chai';
import { hashPassword, verifyPassword } from '../../../server/platform/crypto/index.ts';

describe('a password', () => {
  it('is recognised, and another is not', async () => {
    const stored = await hashPassword('correct horse battery');
    expect(await verifyPassword(stored, 'correct horse battery')).to.equal(true);
    expect(await verifyPassword(stored, 'correct horse batterz')).to.equal(false);
  });

  it('is stored as argon2id with 19 MiB, two passes and a salt of its own', async () => {
    const stored = await hashPassword('correct horse battery');
    expect(stored).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashPassword('correct horse battery')).to.not.equal(stored);
  });
});

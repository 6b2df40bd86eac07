import { expect } from 'chai';
import { decryptSecret, encryptSecret } from '../../../server/platform/crypto/index.ts';

const place = { masterSecret: 'a master secret of this test', context: 'store:1' };
const UNREADABLE = /cannot be read/;

describe('a secret that is stored', () => {
  const stored = encryptSecret('shpss_very_secret', place);

  it('comes back as it was', () => {
    expect(decryptSecret(stored, place)).to.equal('shpss_very_secret');
  });

  it('does not show itself in what is stored, and looks different each time', () => {
    expect(stored).to.match(/^v1\./).and.not.include('shpss');
    expect(encryptSecret('shpss_very_secret', place)).to.not.equal(stored);
  });

  it('is refused at another place', () => {
    expect(() => decryptSecret(stored, { ...place, context: 'store:2' })).to.throw(UNREADABLE);
  });

  it('is refused under another master secret', () => {
    expect(() => decryptSecret(stored, { ...place, masterSecret: 'another' })).to.throw(UNREADABLE);
  });

  it('is refused after any part was changed', () => {
    const parts = stored.split('.');
    for (const changed of parts.keys()) {
      const damaged = parts.map((part, index) => (index === changed ? flipFirst(part) : part)).join('.');
      expect(() => decryptSecret(damaged, place), `part ${changed}`).to.throw(UNREADABLE);
    }
  });

  it('is refused when its proof of origin was cut short', () => {
    const [version, nonce, tag = '', text] = stored.split('.');
    const cut = [version, nonce, tag.slice(0, 8), text].join('.');
    expect(() => decryptSecret(cut, place)).to.throw(UNREADABLE);
  });
});

function flipFirst(part: string): string {
  return (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
}

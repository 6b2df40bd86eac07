import { expect } from 'chai';
import { deriveKey, keyedHash } from '../../../server/platform/crypto/index.ts';

describe('a keyed hash', () => {
  const key = deriveKey('master', 'buyer-hash:merchant-1');

  it('is equal for equal values and different for different ones', () => {
    expect(keyedHash(key, 'anna@example.org')).to.equal(keyedHash(key, 'anna@example.org'));
    expect(keyedHash(key, 'anna@example.org')).to.not.equal(keyedHash(key, 'anne@example.org'));
  });

  it('cannot be compared across merchants, purposes or installations', () => {
    const keys = [
      key,
      deriveKey('master', 'buyer-hash:merchant-2'),
      deriveKey('master', 'other:merchant-1'),
      deriveKey('other master', 'buyer-hash:merchant-1'),
    ];
    expect(new Set(keys.map((each) => keyedHash(each, 'anna@example.org'))).size).to.equal(4);
  });

  it('is HMAC-SHA-256 in hex (RFC 4231, case 2)', () => {
    expect(keyedHash(Buffer.from('Jefe'), 'what do ya want for nothing?')).to.equal(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

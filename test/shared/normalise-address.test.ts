import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { normaliseAddress } from '../../server/shared/normalise-address.ts';
import vectors from '../support/vectors/buyer-keys.json' with { type: 'json' };

const key = Buffer.from(vectors.key, 'base64');

describe('S9 spellings of one home', () => {
  for (const { why, address, normalised, hash } of vectors.addresses) {
    it(`${why}: ${Object.values(address).join(' | ')}`, () => {
      const result = normaliseAddress(address);
      expect(result ?? null).to.equal(normalised);
      if (result !== undefined) {
        expect(createHmac('sha256', key).update(result).digest('hex')).to.equal(hash);
      }
    });
  }
});

import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { normaliseEmail } from '../../server/shared/normalise-email.ts';
import vectors from '../support/vectors/buyer-keys.json' with { type: 'json' };

const key = Buffer.from(vectors.key, 'base64');

describe('S9 spellings of one mailbox', () => {
  for (const { why, raw, normalised, hash } of vectors.emails) {
    it(`${why}: ${JSON.stringify(raw)} is ${normalised ?? 'no address'}`, () => {
      const result = normaliseEmail(raw);
      expect(result ?? null).to.equal(normalised);
      if (result !== undefined) {
        expect(createHmac('sha256', key).update(result).digest('hex')).to.equal(hash);
      }
    });
  }

  it('an address of a million characters is answered', () => {
    expect(normaliseEmail(`ann@${' '.repeat(1_000_000)}x`)).to.equal(undefined);
  });
});

import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { verifySignature } from '../../../server/platform/crypto/index.ts';

const body = Buffer.from('{"id":1}');
const sign = (secret: string): string => createHmac('sha256', secret).update(body).digest('base64');

describe('a signed body', () => {
  it('is genuine under the current secret', () => {
    expect(verifySignature({ body, signature: sign('current'), secrets: ['current', 'previous'] })).to.equal(
      true,
    );
  });

  it('is genuine under the previous secret while it rotates', () => {
    expect(verifySignature({ body, signature: sign('previous'), secrets: ['current', 'previous'] })).to.equal(
      true,
    );
  });

  it('is refused after one byte was changed', () => {
    const changed = Buffer.from('{"id":2}');
    expect(verifySignature({ body: changed, signature: sign('current'), secrets: ['current'] })).to.equal(
      false,
    );
  });

  it('is refused under a secret that no longer counts, without a signature, and with half of one', () => {
    for (const signature of [sign('older'), '', sign('current').slice(0, 20), 'not base64 at all!']) {
      expect(verifySignature({ body, signature, secrets: ['current'] }), signature).to.equal(false);
    }
  });

  it('is refused when the shop has no secret, or an empty one', () => {
    expect(verifySignature({ body, signature: sign(''), secrets: [] })).to.equal(false);
    expect(verifySignature({ body, signature: sign(''), secrets: [''] })).to.equal(false);
  });
});

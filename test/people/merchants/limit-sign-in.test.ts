import { expect } from 'chai';
import { createSignInLimit } from '../../../server/people/merchants/limit-sign-in.ts';

describe('somebody with a whole IPv6 network', () => {
  const refusalOf = (attempt: Promise<void>) =>
    attempt.then(
      () => 'none',
      (error: { code?: string }) => error.code,
    );

  it('has no more tries than one address has, and takes none from the next network', async () => {
    const limit = createSignInLimit();
    for (let host = 1; host <= 10; host += 1)
      await limit.countTry('anna@example.org', `2001:db8:0:1::${host}`);
    expect(await refusalOf(limit.countTry('anna@example.org', '2001:db8:0:1::99'))).to.equal(
      'too-many-requests',
    );
    expect(await refusalOf(limit.countTry('anna@example.org', '2001:db8:0:2::1'))).to.equal('none');
  });
});

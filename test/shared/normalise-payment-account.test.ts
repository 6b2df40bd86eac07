import { expect } from 'chai';
import { normalisePaymentAccount } from '../../server/shared/normalise-payment-account.ts';

describe('S9 an account that pays or is paid', () => {
  it('is the same in two spellings', () => {
    expect(normalisePaymentAccount(' AT61 1904-3002 3457 3201')).to.equal('at611904300234573201');
    expect(normalisePaymentAccount('Gina@Buyers.example')).to.equal(
      normalisePaymentAccount('gina@buyers.EXAMPLE'),
    );
  });

  it('is none when nothing is left of it', () => {
    expect(normalisePaymentAccount(' - ')).to.equal(undefined);
  });
});

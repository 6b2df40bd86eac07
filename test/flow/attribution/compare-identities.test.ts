import { expect } from 'chai';
import { compareIdentities } from '../../../server/flow/attribution/evidence/compare-identities.ts';
import { HOUR } from '../../../server/shared/clock.ts';
import { UNKNOWN_IDENTITY } from '../../../server/shared/identity.ts';
import { before, NOT_THE_BUYER, T } from './a-decision.ts';

const nobody = { ...UNKNOWN_IDENTITY, email: null };
const unknownBuyer = {
  customer: null,
  email: null,
  address: null,
  ips: [],
  paymentAccount: null,
  earlierOrders: null,
};
const buyer = (keys: Partial<typeof keysOfAnna> = {}, browsers: string[] = []) => ({
  keys: { ...unknownBuyer, ...keys },
  browsers: new Set(browsers),
});
const ips = [
  { day: '2026-10-14', hash: 'i of the day before' },
  { day: '2026-10-15', hash: 'i' },
];
const keysOfAnna = { customer: 'c', email: 'e', address: 'a', ips, paymentAccount: 'p' };

describe('S9 what of a buyer equals what of an affiliate', () => {
  it('is nothing where neither is known', () => {
    expect(compareIdentities(nobody, buyer(), T)).to.deep.equal(NOT_THE_BUYER);
  });

  it('is nothing where only one is known', () => {
    expect(compareIdentities(nobody, buyer(keysOfAnna, ['b']), T)).to.deep.equal(NOT_THE_BUYER);
  });

  it('is each test by itself', () => {
    const anna = {
      storeAccounts: ['other', 'c'],
      email: 'e',
      address: 'a',
      payoutAccount: 'p',
      visits: [{ ipHash: 'i', at: before(HOUR) }],
      browsers: ['b'],
    };
    expect(compareIdentities(anna, buyer(keysOfAnna, ['b']), T)).to.deep.equal({
      sameStoreAccount: true,
      sameEmail: true,
      sameAddress: true,
      samePayoutAccount: true,
      sameIpAt: before(HOUR),
      sameBrowser: true,
    });
    expect(compareIdentities(anna, buyer({ address: 'a' }), T)).to.deep.equal({
      ...NOT_THE_BUYER,
      sameAddress: true,
    });
  });

  it('is the last sign-in before the order, and none after it', () => {
    const at = (hours: number) => ({ ipHash: 'i', at: before(hours * HOUR) });
    const anna = { ...nobody, visits: [at(9), at(2), at(5), at(-1), { ipHash: 'elsewhere', at: before(0) }] };
    expect(compareIdentities(anna, buyer({ ips }), T).sameIpAt).to.deep.equal(before(2 * HOUR));
    expect(compareIdentities({ ...nobody, visits: [at(-1)] }, buyer({ ips }), T).sameIpAt).to.equal(null);
  });
});

import { expect } from 'chai';
import { hashBuyer } from '../../../server/flow/ingest/hash-buyer.ts';
import type { BuyerIdentity } from '../../../server/shared/delivery.ts';

const nobody: BuyerIdentity = {
  customerId: null,
  email: null,
  address: null,
  emailHash: null,
  addressHash: null,
  earlierOrders: null,
};
const hash = (value: string): string => `hash of ${value}`;
const keysOf = (buyer: Partial<BuyerIdentity>) => hashBuyer({ ...nobody, ...buyer }, 'store', hash);

describe('S9 what ingest keeps of a buyer', () => {
  it('is nothing of a platform that tells nothing', () => {
    expect(keysOf({})).to.deep.equal({
      customer: null,
      email: null,
      address: null,
      ip: null,
      paymentAccount: null,
      earlierOrders: null,
    });
  });

  it('is the account within its shop, because another shop counts anew', () => {
    expect(keysOf({ customerId: '7' }).customer).to.equal('hash of store:7');
  });

  it('is the network of an address, because a home changes its IPv6 address daily', () => {
    expect(keysOf({ ip: '2001:db8:1:2::7' }).ip).to.equal(keysOf({ ip: '2001:db8:1:2::8' }).ip);
    expect(keysOf({ ip: '192.0.2.7' }).ip).to.equal('hash of 192.0.2.7');
  });

  it('is the account that paid, however it was written', () => {
    expect(keysOf({ paymentAccount: 'AT61 1904' }).paymentAccount).to.equal('hash of at611904');
  });

  it('is the hash that the shop made, where it sends no more', () => {
    const hashes = { emailHash: 'e', addressHash: 'a', ipHash: 'i', paymentAccountHash: 'p' };
    expect(keysOf(hashes)).to.include({ email: 'e', address: 'a', ip: 'i', paymentAccount: 'p' });
  });
});

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
const days = ['2026-10-01', '2026-10-02'].map((day) => ({ day, hash: (value: string) => `${day} ${value}` }));
const keysOf = (buyer: Partial<BuyerIdentity>) => hashBuyer({ ...nobody, ...buyer }, 'store', hash, days);

describe('S9 what ingest keeps of a buyer', () => {
  it('is nothing of a platform that tells nothing', () => {
    expect(keysOf({})).to.deep.equal({
      customer: null,
      email: null,
      address: null,
      ips: [],
      paymentAccount: null,
      earlierOrders: null,
    });
  });

  it('is the account within its shop, because another shop counts anew', () => {
    expect(keysOf({ customerId: '7' }).customer).to.equal('hash of store:7');
  });

  it('is the network of an address, because a home changes its IPv6 address daily', () => {
    expect(keysOf({ ip: '2001:db8:1:2::7' }).ips).to.deep.equal(keysOf({ ip: '2001:db8:1:2::8' }).ips);
  });

  it('is an IP address under the key of each day, because the affiliate may have come the day before', () => {
    expect(keysOf({ ip: '192.0.2.7' }).ips).to.deep.equal([
      { day: '2026-10-01', hash: '2026-10-01 hash of 192.0.2.7' },
      { day: '2026-10-02', hash: '2026-10-02 hash of 192.0.2.7' },
    ]);
  });

  it('is the same of an address that the shop has hashed, never its hash as it came', () => {
    expect(keysOf({ ipHash: 'hash of 192.0.2.7' }).ips).to.deep.equal(keysOf({ ip: '192.0.2.7' }).ips);
  });

  it('is nothing of an address when every key is destroyed', () => {
    expect(hashBuyer({ ...nobody, ip: '192.0.2.7' }, 'store', hash, []).ips).to.deep.equal([]);
  });

  it('is the account that paid, however it was written', () => {
    expect(keysOf({ paymentAccount: 'AT61 1904' }).paymentAccount).to.equal('hash of at611904');
  });

  it('is the hash that the shop made, where it sends no more', () => {
    const hashes = { emailHash: 'e', addressHash: 'a', paymentAccountHash: 'p' };
    expect(keysOf(hashes)).to.include({ email: 'e', address: 'a', paymentAccount: 'p' });
  });
});

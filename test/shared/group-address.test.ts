import { expect } from 'chai';
import { groupAddress } from '../../server/shared/group-address.ts';

describe('an address that tries to sign in', () => {
  it('counts with all others of its IPv6 network, however it is written', () => {
    for (const ip of [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff:ffff:ffff:ffff',
      '2001:0db8:0001:0002::1.2.3.4',
    ]) {
      expect(groupAddress(ip), ip).to.equal('2001:db8:1:2::/64');
    }
    expect(groupAddress('fe80::1%eth0')).to.equal('fe80:0:0:0::/64');
    expect(groupAddress('::1')).to.equal('0:0:0:0::/64');
  });

  it('does not count with the network beside it', () => {
    expect(groupAddress('2001:db8:1:3::1')).to.equal('2001:db8:1:3::/64');
  });

  it('counts alone when it is IPv4, also where that is written as IPv6', () => {
    for (const ip of ['192.0.2.7', '::ffff:192.0.2.7']) expect(groupAddress(ip), ip).to.equal('192.0.2.7');
  });
});

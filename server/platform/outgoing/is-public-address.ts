import ipaddr from 'ipaddr.js';

/** All that was ever given out for use on the internet (RFC 4291, IANA); what tunnels to v4 is in special ranges. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the open internet: not private, loopback, link-local, multicast, documentation,
 * carrier NAT, or a way around to one of these (`::ffff:127.0.0.1`, 6to4, NAT64).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_V6);
}

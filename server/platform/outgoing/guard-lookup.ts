import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

export type MayConnect = (address: string) => boolean;

/** A connection that was not made, because of where it would have led. */
export class PrivateAddress extends Error {
  constructor() {
    super('the name leads to an address that is not on the internet');
    this.name = 'PrivateAddress';
  }
}

export type LookupAll = (
  hostname: string,
  options: { all: true; family?: number },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for sockets that gives only addresses that may be connected to. The socket takes what is checked here, so
 * that a name cannot lead to one address when it is checked and to another when it is used. One bad address
 * among several refuses them all.
 */
export function guardLookup(mayConnect: MayConnect, lookup: LookupAll = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    const { family } = options;
    const asked = { all: true as const, ...(typeof family === 'number' ? { family } : {}) };
    lookup(hostname, asked, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? new Error('the name has no address'), '', 0);
      else if (!addresses.every(({ address }) => mayConnect(address))) callback(new PrivateAddress(), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

export { createOutgoing, type Outgoing } from './create-outgoing.ts';
export { guardLookup, PrivateAddress, type LookupAll, type MayConnect } from './guard-lookup.ts';
export { isPublicAddress } from './is-public-address.ts';

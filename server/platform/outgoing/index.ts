export { createOutgoing, type Outgoing } from './create-outgoing.ts';
export { guardLookup, type LookupAll } from './guard-lookup.ts';
export { isPublicAddress } from './is-public-address.ts';

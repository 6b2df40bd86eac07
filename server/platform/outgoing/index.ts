export { createOutgoing, type Outgoing } from './create-outgoing.ts';

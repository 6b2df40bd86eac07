// Where the thread of an embedded store begins; runs the TypeScript sources as they are, as refledger.mjs does. In a
// thread tsx starts only when it is told to.
import { register } from 'tsx/esm/api';

register();
await import('./serve-in-thread.ts');

import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedStore } from '../start-embedded-store.ts';
import type { Address } from '../wire/serve-clients.ts';

/** What the thread is started with. */
export interface ThreadStart {
  dir: string;
  address: Address;
  /** Milliseconds since 1970. */
  now: number;
}
/** What it is told afterwards: the time by the server's clock, or to end. */
export type ThreadOrder = { now: number } | 'close';
/** What it says once it listens. */
export interface ThreadListens {
  uri: string;
}

const { dir, address, now } = workerData as ThreadStart;
let time = now;
const store = await startEmbeddedStore({ dir, address, now: () => new Date(time) });
parentPort?.on('message', (order: ThreadOrder) => {
  if (order === 'close') void store.close().then(() => parentPort?.close());
  else time = order.now;
});
parentPort?.postMessage({ uri: store.uri } satisfies ThreadListens);

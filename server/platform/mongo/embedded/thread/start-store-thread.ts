import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Address } from '../wire/serve-clients.ts';
import type { ThreadListens, ThreadOrder, ThreadStart } from './serve-in-thread.ts';

const TELL_TIME_EVERY_MS = 1_000;

export interface StoreThread {
  /** What a client is given to connect. */
  uri: string;
  /** Resolves when connections and files are closed; everything acknowledged is on disk already. */
  close(): Promise<void>;
}

/**
 * Starts the embedded store in a thread of its own, so that its work and its garbage hold up no answer of the server.
 * If it fails later, the process ends, as it does when a part of the server fails that everything stands on.
 * @param clock by which documents expire; the thread is told the time every second
 * @throws Error when the folder is in use by another process or damaged; the message says what to do
 */
export async function startStoreThread(options: {
  dir: string;
  address: Address;
  clock: () => Date;
}): Promise<StoreThread> {
  const { dir, address, clock } = options;
  const workerData: ThreadStart = { dir, address, now: clock().getTime() };
  const thread = new Worker(new URL('store-thread.mjs', import.meta.url), { workerData });
  const [{ uri }] = (await once(thread, 'message')) as [ThreadListens];
  thread.on('error', (error) => {
    throw error;
  });
  const tell = (order: ThreadOrder): void => thread.postMessage(order);
  const time = setInterval(() => tell({ now: clock().getTime() }), TELL_TIME_EVERY_MS);
  time.unref();
  return {
    uri,
    async close() {
      clearInterval(time);
      const ended = once(thread, 'exit');
      tell('close');
      await ended;
    },
  };
}

import { startEmbeddedStore } from './platform/mongo/embedded/index.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** `refledger store`: serves a data folder alone, so that any MongoDB client can look into it. */
export async function serveStore(dir: string, port: number, say: (line: string) => void): Promise<void> {
  const store = await startEmbeddedStore({ dir, address: { port } });
  say(`Embedded store in ${dir} listens on ${store.uri}`);
  stopOnSignal(() => store.close());
}

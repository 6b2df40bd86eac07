import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  EmbeddedStore,
  EmbeddedStoreOptions,
} from '../../../../server/platform/mongo/embedded/index.ts';
import { startEmbeddedStore } from '../../../../server/platform/mongo/embedded/index.ts';

export interface TemporaryStore extends EmbeddedStore {
  /** Closes the store and deletes its folder. */
  remove: () => Promise<void>;
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'refledger-store-'));
}

/** A store in a folder of its own. */
export async function temporaryStore(options: Partial<EmbeddedStoreOptions> = {}): Promise<TemporaryStore> {
  const dir = options.dir ?? (await temporaryFolder());
  const store = await startEmbeddedStore({ ...options, dir });
  const remove = async (): Promise<void> => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { ...store, remove };
}

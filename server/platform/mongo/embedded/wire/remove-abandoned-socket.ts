import { unlink } from 'node:fs/promises';
import { connect } from 'node:net';

/** Removes the file of a unix socket whose process has died; leaves everything else as it is. */
export function removeAbandonedSocket(path: string): Promise<void> {
  return new Promise((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve();
    });
    probe.on('error', ({ code }: NodeJS.ErrnoException) => {
      const removal = code === 'ECONNREFUSED' ? unlink(path) : Promise.resolve();
      void removal.catch(() => undefined).then(resolve);
    });
  });
}

import { unlink } from 'node:fs/promises';
import type { ListenOptions, Server } from 'node:net';
import { connect } from 'node:net';

/** Settles when the server listens. Throws when the port or the socket is taken. */
export async function listen(server: Server, options: ListenOptions): Promise<void> {
  if (options.path !== undefined && hasFile(options.path)) await removeAbandonedSocket(options.path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Abstract sockets (Linux) and pipes (Windows) leave no file behind. */
function hasFile(address: string): boolean {
  return !address.startsWith('\0') && !address.startsWith('\\');
}

/** Removes the file of a unix socket whose process has died; leaves everything else as it is. */
function removeAbandonedSocket(path: string): Promise<void> {
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

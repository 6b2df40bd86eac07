import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../wire/listen.ts';

/**
 * Claims a data folder for this process; returns what gives it back. The claim is a listening socket,
 * because the kernel takes it away with the process: after kill -9 the next start succeeds at once.
 * Throws when another process (or this one) has the folder open.
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  const path = socketFor(await realpath(dir));
  await listen(server, { path, exclusive: true }).catch((error: NodeJS.ErrnoException) => {
    const advice = 'stop that one or choose another folder.';
    throw error.code === 'EADDRINUSE'
      ? new Error(`The data folder ${dir} is in use by another process; ${advice}`)
      : error;
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function socketFor(dir: string): string {
  const name = `refledger-${createHash('sha256').update(dir).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandonedSocket } from '../wire/remove-abandoned-socket.ts';

/**
 * Claims a data folder for this process; returns what gives it back. The claim is a listening socket,
 * because the kernel takes it away with the process: after kill -9 the next start succeeds at once.
 * Throws when another process (or this one) has the folder open.
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const address = socketFor(await realpath(dir));
  const server = createServer((socket) => socket.destroy());
  if (!isForgottenByKernel(address)) await removeAbandonedSocket(address);
  await listen(server, address, dir);
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function socketFor(dir: string): string {
  const name = `refledger-${createHash('sha256').update(dir).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), name);
}

/** Abstract sockets (Linux) and pipes (Windows) leave no file behind. */
function isForgottenByKernel(address: string): boolean {
  return address.startsWith('\0') || address.startsWith('\\');
}

function listen(server: Server, address: string, dir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(inUse(dir)) : error);
    });
    server.listen({ path: address, exclusive: true }, resolve);
  });
}

function inUse(dir: string): string {
  return `The data folder ${dir} is in use by another process; stop that one or choose another folder.`;
}

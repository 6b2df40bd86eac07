import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '../../server/platform/mongo/embedded/index.ts';

export interface TestDatabase {
  /** Names a database of its own, so that suites on one server do not meet. */
  uri: string;
  stop(): Promise<void>;
}

/**
 * A database for a suite: TEST_MONGODB_URI, else a `mongod` binary (MONGOMS_SYSTEM_BINARY or on the PATH),
 * else the embedded store in a temporary folder. The suites are the same on all three.
 */
export async function startDatabase(): Promise<TestDatabase> {
  const given = process.env['TEST_MONGODB_URI'];
  if (given) return { uri: withDatabase(given), stop: () => Promise.resolve() };
  const dir = await mkdtemp(join(tmpdir(), 'refledger-test-'));
  mongod ??= { binary: findMongod() };
  const { binary } = mongod;
  const { uri, stop } = binary === undefined ? await startEmbedded(dir) : await startMongod(binary, dir);
  return {
    uri: withDatabase(uri),
    async stop() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Tests live in a time of their own; what is over by the machine's clock must not vanish from under them. */
const NEVER = 2_147_483_647;

function withDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = `/test-${randomUUID()}`;
  return url.href;
}

async function startEmbedded(dir: string): Promise<TestDatabase> {
  const store = await startEmbeddedStore({ dir, expiryIntervalMs: NEVER });
  return { uri: store.uri, stop: () => store.close() };
}

/** Looked for once: to start a process that finds none takes as long as to start the embedded store. */
let mongod: { binary: string | undefined } | undefined;

function findMongod(): string | undefined {
  const name = process.env['MONGOMS_SYSTEM_BINARY'] ?? 'mongod';
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0 ? name : undefined;
}

const WITHOUT_EXPIRY = ['--setParameter', 'ttlMonitorEnabled=false'];

async function startMongod(binary: string, dir: string): Promise<TestDatabase> {
  const port = await freePort();
  const child = spawn(
    binary,
    ['--dbpath', dir, '--port', String(port), '--bind_ip', '127.0.0.1', ...WITHOUT_EXPIRY],
    {
      stdio: 'ignore',
    },
  );
  return { uri: `mongodb://127.0.0.1:${port}/?directConnection=true`, stop: () => endProcess(child) };
}

async function endProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** A TCP port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

export interface StoreProcess {
  uri: string;
  /** Ends the process as a power cut would end it, and waits until it is gone. */
  kill: () => Promise<void>;
  isKilled: () => boolean;
}

/** Bundles the store into one script, so that a process with it starts in a moment. */
export async function bundleStore(folder: string): Promise<string> {
  const outfile = join(folder, 'store.cjs');
  const entry = join(import.meta.dirname, '../../../../server/platform/mongo/embedded/index.ts');
  const serve = `
    import { startEmbeddedStore } from ${JSON.stringify(entry)};
    startEmbeddedStore({ dir: process.argv[2], shortestHistoryToCompact: Number(process.argv[3]) }).then(
      (store) => console.log(store.uri),
      (error) => { console.log('failed: ' + error.message); process.exit(1); },
    );`;
  await build({
    stdin: { contents: serve, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

/** Starts a store in a process of its own. Rejects with what the process said when it could not start. */
export async function startStoreProcess(
  script: string,
  dir: string,
  shortestHistoryToCompact = 2 ** 30,
): Promise<StoreProcess> {
  const args = [script, dir, String(shortestHistoryToCompact)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(child);
  if (!line.startsWith('mongodb://')) throw new Error(line);
  const gone = once(child, 'exit');
  return {
    uri: line,
    isKilled: () => child.killed,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended without a word');
}

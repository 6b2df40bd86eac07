import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const LAUNCHER = resolve(import.meta.dirname, '../../server/refledger.mjs');

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Everything it said so far. */
  said: () => string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/**
 * Starts `refledger serve` as a process of its own; resolves once it listens.
 * @param script what to run instead of the launcher that users start: the same code, from buildServer
 */
export async function startServerProcess(
  env: Record<string, string>,
  script = LAUNCHER,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, 'serve'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const url = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const match = /listens on (\S+)/.exec(line);
      if (match?.[1] !== undefined) done(match[1]);
    });
    void exited.then((code) => fail(new Error(`the server ended with ${code}: ${lines.join('\n')}`)));
  });
  return {
    url,
    child,
    said: () => lines.join('\n'),
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

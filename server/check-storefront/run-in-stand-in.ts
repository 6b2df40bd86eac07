import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const STAND_IN = join(import.meta.dirname, 'page-stand-in.mjs');
const SECONDS = 10;

/** A script, and the page on which it is to run. */
export interface StandIn {
  script: string;
  /** Of the page, with the code that the visit carries. */
  url: string;
  /** Of the script's tag. */
  src: string;
  dataset: Record<string, string>;
}

const outcome = z.object({
  /** What the script would have sent. */
  posts: z.array(z.object({ address: z.string(), body: z.string() })),
  /** It sent only after it was told of a consent. */
  waited: z.boolean(),
  /** What it threw; empty when nothing. */
  error: z.string(),
});
export type Outcome = z.output<typeof outcome>;

/**
 * Runs the script that a page names. It comes from wherever the page says, so that it gets a process of its own
 * without environment, files and programs, and ten seconds.
 */
export async function runInStandIn(page: StandIn): Promise<Outcome> {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  // The permissions leave the network open; without code made of strings the script does not get out to it.
  const closed = '--disallow-code-generation-from-strings';
  const flags = [permission, `--allow-fs-read=${STAND_IN}`, closed, '--no-warnings'];
  const child = spawn(process.execPath, [...flags, STAND_IN], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: SECONDS * 1000,
    killSignal: 'SIGKILL',
  });
  const exited = once(child, 'exit');
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(page));
  const answer = await text(child.stdout);
  await exited;
  const parsed = outcome.safeParse(parseJson(answer));
  return parsed.data ?? { posts: [], waited: false, error: 'It did not come to an end.' };
}

function parseJson(answer: string): unknown {
  try {
    return JSON.parse(answer) as unknown;
  } catch {
    return undefined;
  }
}

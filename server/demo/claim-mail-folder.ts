import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MOST_RUNS = 50;
const OWNER_ONLY = 0o700;

export interface MailFolder {
  path: string;
  /** Lets the next run of the seed use the folder again. */
  release(): Promise<void>;
}

/**
 * An empty folder for the mails of a run. Runs of one seed share its name, so that they print the same;
 * while one of them runs, the next gets a numbered one.
 */
export async function claimMailFolder(seed: number): Promise<MailFolder> {
  for (let run = 1; run <= MOST_RUNS; run += 1) {
    const path = join(tmpdir(), `refledger-demo-${seed}${run === 1 ? '' : `-${run}`}`);
    const claim = join(path, '.running');
    if (await isRunning(claim)) continue;
    if (await startAnew(path)) {
      await writeFile(claim, String(process.pid));
      return { path, release: () => rm(claim, { force: true }) };
    }
  }
  throw new Error(
    `${MOST_RUNS} demos of this seed are running; stop some of them, or choose another --seed.`,
  );
}

async function isRunning(claim: string): Promise<boolean> {
  const pid = parseInt(await readFile(claim, 'utf8').catch(() => ''), 10);
  if (Number.isNaN(pid)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False when the folder is somebody else's, or was taken in this moment. */
async function startAnew(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { mode: OWNER_ONLY });
    return true;
  } catch {
    return false;
  }
}

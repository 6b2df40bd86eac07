import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const SECRET_BYTES = 32;
const SHORTEST_SECRET = 32;

/**
 * The master secret: from the configuration, else from DATA_DIR/master-secret, where it is made once,
 * readable by its owner only. Several server processes need the same one in the configuration.
 * @throws Error when the file holds fewer than 32 characters: whatever it protected cannot be read with it.
 */
export async function loadMasterSecret(dataDir: string, configured: string | undefined): Promise<string> {
  if (configured !== undefined) return configured;
  const file = join(dataDir, 'master-secret');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const secret = (await readIfThere(file)) ?? (await makeSecret(file));
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new Error(
    `${file} holds no usable secret (under ${SHORTEST_SECRET} characters). Restore it from your backup; ` +
      'only when nothing was stored yet, delete it, and the next start makes a new one.',
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Puts a whole file in its place or none, so that no reader ever sees an empty one. The first one stays. */
async function makeSecret(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  await writeDurably(draft, randomBytes(SECRET_BYTES).toString('base64'));
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

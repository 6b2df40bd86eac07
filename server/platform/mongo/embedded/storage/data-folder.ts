import { constants } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from './catalog.ts';
import { encodeRecord, readRecords } from './log-record.ts';

/** Nobody else on the machine shall read a new folder. */
const OWNER_ONLY = 0o700;

type Kind = 'snapshot' | 'log';

/**
 * The files of a store: `snapshot-<n>` is all data as it was when `log-<n>` began. Numbers grow;
 * a snapshot gets its name only when it is complete, and older files go only after that.
 */
export class DataFolder {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  #path(kind: Kind, number: number): string {
    return join(this.dir, `${kind}-${String(number).padStart(8, '0')}`);
  }

  async #numbers(kind: Kind): Promise<number[]> {
    const names = (await readdir(this.dir)).filter((name) => RegExp(`^${kind}-\\d{8}$`).test(name));
    return names.map((name) => +name.slice(-8)).sort((a, b) => a - b);
  }

  async create(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: OWNER_ONLY });
  }

  /** Loads the newest snapshot and every log since; tells which log to go on with, and how much it had to repeat. */
  async recover(catalog: Catalog): Promise<{ number: number; logBytes: number }> {
    const snapshot = (await this.#numbers('snapshot')).at(-1);
    const logs = (await this.#numbers('log')).filter((number) => number >= (snapshot ?? 0));
    if (snapshot !== undefined) await this.#replay(this.#path('snapshot', snapshot), catalog, false);
    let logBytes = 0;
    for (const number of logs)
      logBytes += await this.#replay(this.#path('log', number), catalog, number === logs.at(-1));
    for (const collection of catalog.all()) collection.buildLoadedIndexes();
    return { number: logs.at(-1) ?? snapshot ?? 1, logBytes };
  }

  /** Returns the number of bytes read. */
  async #replay(path: string, catalog: Catalog, mayBeTorn: boolean): Promise<number> {
    const file = await readFile(path);
    const { end, isDamaged } = readRecords(file, (payload) => catalog.replay(payload));
    if (end < file.length && (isDamaged || !mayBeTorn)) throw new Error(damage(path, end));
    if (end < file.length) await truncate(path, end);
    return end;
  }

  /** Opens a log for writing behind its end, creating it when needed. */
  async openLog(number: number): Promise<{ file: FileHandle; length: number }> {
    const file = await open(this.#path('log', number), constants.O_RDWR | constants.O_CREAT);
    await this.#syncNames();
    return { file, length: (await file.stat()).size };
  }

  /** Writes a snapshot, gives it its name and removes what it makes superfluous. Returns its size in bytes. */
  async writeSnapshot(number: number, payloads: Iterable<Buffer>): Promise<number> {
    const unfinished = join(this.dir, 'snapshot-unfinished');
    const file = await open(unfinished, 'w');
    let size = 0;
    try {
      for (const payload of payloads) {
        const record = encodeRecord(payload);
        await file.appendFile(record);
        size += record.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, this.#path('snapshot', number));
    await this.#syncNames();
    await this.#removeOlderThan(number);
    return size;
  }

  async #removeOlderThan(number: number): Promise<void> {
    for (const kind of ['snapshot', 'log'] as const) {
      const old = (await this.#numbers(kind)).filter((other) => other < number);
      for (const other of old) await rm(this.#path(kind, other), { force: true });
    }
  }

  // Creating and renaming files is durable only after an fsync of their folder; Windows cannot do it.
  async #syncNames(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.dir, 'r');
    await folder.sync().finally(() => folder.close());
  }
}

function damage(path: string, offset: number): string {
  const what = `The data file ${path} is damaged at byte ${offset}: a record there cannot be read although data follows.`;
  return `${what} Nothing was changed. Restore the folder from a backup.`;
}

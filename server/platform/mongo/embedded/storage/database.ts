import { Catalog } from './catalog.ts';
import type { ChangeSet } from './change-set.ts';
import { DataFolder } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';
import type { LogFile } from './write-ahead-log.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** History shorter than this is not worth a snapshot. */
const SHORTEST_HISTORY_TO_COMPACT = 8 * 1024 * 1024;

/**
 * The data in memory together with the files that keep it. History is compacted when it has grown to twice
 * the size of the data, so that a start takes time for the data and not for the history.
 */
export class Database {
  readonly catalog = new Catalog();
  readonly #folder: DataFolder;
  readonly #unlock: () => Promise<void>;
  readonly #shortestHistory: number;
  /** Set by `#recover`, before anybody has the database. */
  #log!: WriteAheadLog;
  #number = 0;
  /** Bytes of logs before the current one that no snapshot has replaced yet. */
  #olderHistory = 0;
  #compactAt: number;
  #compaction: Promise<void> | undefined;

  private constructor(folder: DataFolder, unlock: () => Promise<void>, shortestHistory: number) {
    this.#folder = folder;
    this.#unlock = unlock;
    this.#shortestHistory = shortestHistory;
    this.#compactAt = shortestHistory;
  }

  /** Claims the folder and recovers its data. Throws when it is in use or damaged, with the reason. */
  static async open(dir: string, shortestHistory = SHORTEST_HISTORY_TO_COMPACT): Promise<Database> {
    const folder = new DataFolder(dir);
    await folder.create();
    const unlock = await lockFolder(dir);
    const database = new Database(folder, unlock, shortestHistory);
    await database.#recover().catch(async (error: unknown) => {
      await unlock();
      throw error;
    });
    return database;
  }

  async #recover(): Promise<void> {
    const { number, logBytes } = await this.#folder.recover(this.catalog);
    const { file, length } = await this.#folder.openLog(number);
    this.#number = number;
    this.#olderHistory = logBytes - length;
    this.#log = new WriteAheadLog(file, length, () => this.#beginCompaction());
  }

  /** Settles when these applied changes, and all that memory holds now, are durable. */
  async commit(changes: ChangeSet): Promise<void> {
    await (changes.operations.length > 0 ? this.#log.append(changes) : this.#log.flushed());
  }

  /** When history is long enough: takes all data as it will be in the current log, and tells how to go on. */
  #beginCompaction(): (() => Promise<LogFile>) | undefined {
    if (this.#compaction || this.#history() < this.#compactAt) return undefined;
    const payloads = this.catalog.snapshot();
    return async () => {
      // Tried again when history has grown further, should anything fail.
      this.#compactAt += this.#shortestHistory;
      const { file } = await this.#folder.openLog(this.#number + 1);
      this.#number += 1;
      this.#olderHistory = this.#history();
      this.#compaction = this.#compact(payloads).finally(() => (this.#compaction = undefined));
      return file;
    };
  }

  #history(): number {
    return this.#olderHistory + this.#log.length;
  }

  /** Replaces history by a snapshot while reads and writes go on; when that fails, history stays. */
  async #compact(payloads: Iterable<Buffer>): Promise<void> {
    const size = await this.#folder.writeSnapshot(this.#number, payloads).catch(() => undefined);
    if (size === undefined) return;
    this.#olderHistory = 0;
    this.#compactAt = Math.max(2 * size, this.#shortestHistory);
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#compaction;
    await this.#unlock();
  }
}

import type { Recovered } from '../durability/data-folder.ts';
import { DataFolder } from '../durability/data-folder.ts';
import { lockFolder } from '../durability/folder-lock.ts';
import { WriteAheadLog } from '../durability/write-ahead-log.ts';
import { Catalog } from './catalog.ts';
import type { ChangeSet } from './change-set.ts';
import { snapshotOperations } from './snapshot-operations.ts';

/** History shorter than this is not worth a snapshot. */
const SHORTEST_HISTORY_TO_COMPACT = 8 * 1024 * 1024;

/**
 * The data in memory together with the files that keep it. History is compacted when it has grown to twice
 * the size of the data, so that a start takes time for the data and not for the history.
 */
export class Database {
  readonly catalog: Catalog;
  readonly #folder: DataFolder;
  readonly #log: WriteAheadLog;
  readonly #unlock: () => Promise<void>;
  readonly #shortestHistory: number;
  #number: number;
  /** Bytes of logs before the current one that no snapshot has replaced yet. */
  #olderHistory: number;
  #compactAt: number;
  #compaction: Promise<void> | undefined;

  private constructor(opened: Opened, { number, logBytes }: Recovered, shortestHistory: number) {
    this.catalog = opened.catalog;
    this.#folder = opened.folder;
    this.#log = opened.log;
    this.#unlock = opened.unlock;
    this.#number = number;
    this.#olderHistory = logBytes - opened.log.length;
    this.#shortestHistory = shortestHistory;
    this.#compactAt = shortestHistory;
  }

  /** Claims the folder and recovers its data. Throws when it is in use or damaged, with the reason. */
  static async open(dir: string, shortestHistory = SHORTEST_HISTORY_TO_COMPACT): Promise<Database> {
    const folder = new DataFolder(dir);
    await folder.create();
    const unlock = await lockFolder(dir);
    try {
      const catalog = new Catalog();
      const recovered = await folder.recover(catalog);
      const { file, length } = await folder.openLog(recovered.number);
      const log = new WriteAheadLog(file, length);
      return new Database({ catalog, folder, log, unlock }, recovered, shortestHistory);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Hands applied changes to the log; settles when they are durable. Without changes, as `flushed`. */
  commit(changes: ChangeSet): Promise<void> {
    if (changes.isEmpty) return this.flushed();
    if (!this.#compaction && this.#olderHistory + this.#log.length > this.#compactAt) this.#startCompaction();
    return this.#log.append(changes);
  }

  /** Settles when everything that memory holds now is durable. */
  flushed(): Promise<void> {
    return this.#log.flushed();
  }

  #startCompaction(): void {
    this.#compaction = this.#compact()
      .then((size) => (this.#compactAt = Math.max(2 * size, this.#shortestHistory)))
      // History goes on in the old files; compaction is tried again when they have grown further.
      .catch(() => (this.#compactAt += this.#shortestHistory))
      .then(() => (this.#compaction = undefined));
  }

  /** Replaces history by a snapshot while reads and writes go on. Returns the snapshot's size in bytes. */
  async #compact(): Promise<number> {
    const number = this.#number + 1;
    const history = this.#olderHistory + this.#log.length;
    const payloads = await this.#rotateLog(number);
    this.#olderHistory = history;
    const size = await this.#folder.writeSnapshot(number, payloads);
    this.#olderHistory = 0;
    return size;
  }

  /** Begins the log with this number; returns all data as it was at its beginning. */
  #rotateLog(number: number): Promise<Iterable<Buffer>> {
    return new Promise((resolve, reject) => {
      let payloads: Iterable<Buffer> = [];
      this.#log.rotate({
        atBoundary: () => (payloads = snapshotOperations(this.catalog)),
        openNext: async () => {
          const { file } = await this.#folder.openLog(number);
          this.#number = number;
          resolve(payloads);
          return file;
        },
        abandon: reject,
      });
    });
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#compaction;
    await this.#unlock();
  }
}

interface Opened {
  catalog: Catalog;
  folder: DataFolder;
  log: WriteAheadLog;
  unlock: () => Promise<void>;
}

import { DataFolder } from '../durability/data-folder.ts';
import { lockFolder } from '../durability/folder-lock.ts';
import { WriteAheadLog } from '../durability/write-ahead-log.ts';
import { Catalog } from './catalog.ts';
import type { ChangeSet } from './change-set.ts';
import { snapshotOperations } from './snapshot-operations.ts';

/** A log is compacted when it is longer than this and than twice the newest snapshot would be. */
const SHORTEST_LOG_TO_COMPACT = 8 * 1024 * 1024;

/** The data in memory together with the files that keep it. */
export class Database {
  readonly catalog: Catalog;
  readonly #folder: DataFolder;
  readonly #log: WriteAheadLog;
  readonly #unlock: () => Promise<void>;
  #number: number;
  #compaction: Promise<void> | undefined;
  #compactAt = SHORTEST_LOG_TO_COMPACT;

  private constructor(
    catalog: Catalog,
    folder: DataFolder,
    log: WriteAheadLog,
    number: number,
    unlock: () => Promise<void>,
  ) {
    this.catalog = catalog;
    this.#folder = folder;
    this.#log = log;
    this.#number = number;
    this.#unlock = unlock;
  }

  /** Claims the folder and recovers its data. Throws when it is in use or damaged, with the reason. */
  static async open(dir: string): Promise<Database> {
    const folder = new DataFolder(dir);
    await folder.create();
    const unlock = await lockFolder(dir);
    try {
      const catalog = new Catalog();
      const number = await folder.recover(catalog);
      const { file, length } = await folder.openLog(number);
      return new Database(catalog, folder, new WriteAheadLog(file, length), number, unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Hands applied changes to the log; settles when they are durable. */
  commit(changes: ChangeSet): Promise<void> {
    if (changes.isEmpty) return this.flushed();
    if (this.#log.length > this.#compactAt && !this.#compaction) this.#startCompaction();
    return this.#log.append(changes);
  }

  /** Settles when everything that memory holds now is durable. */
  flushed(): Promise<void> {
    return this.#log.flushed();
  }

  /** Replaces history by a snapshot while reads and writes go on; settles when the snapshot is in place. */
  #startCompaction(): void {
    const number = this.#number + 1;
    this.#compaction = new Promise<void>((resolve) => {
      this.#log.rotate(() => {
        const payloads = snapshotOperations(this.catalog);
        return async () => {
          const { file } = await this.#folder.openLog(number);
          this.#number = number;
          resolve(this.#folder.writeSnapshot(number, payloads));
          return file;
        };
      });
    });
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#unlock();
  }
}

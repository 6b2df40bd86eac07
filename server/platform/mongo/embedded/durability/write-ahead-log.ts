import type { FileHandle } from 'node:fs/promises';
import { CommandError } from '../errors.ts';
import type { ChangeSet } from '../storage/change-set.ts';
import { encodeRecord } from './log-record.ts';

/** What the log needs of a file; a test puts a full disk in its place. */
export type LogFile = Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>;

/** How to go on in another file. */
export interface Rotation {
  /** Called when memory holds exactly what the old file will hold in the end. */
  atBoundary: () => void;
  /** Called once the old file is complete. */
  openNext: () => Promise<LogFile>;
  /** Called instead when the old file could not be completed, or afterwards when there is no new one. */
  abandon: (reason: unknown) => void;
}

interface Batch {
  changes: ChangeSet[];
  durable: Promise<void>;
  settle: (error?: CommandError) => void;
}

/**
 * Makes change sets durable: all that wait while one fsync runs share the next one (group commit).
 * When a batch cannot be written, everything that is not yet durable is undone and its writers get an error.
 */
export class WriteAheadLog {
  #file: LogFile;
  #length: number;
  #waiting: Batch | undefined;
  #writing: Batch | undefined;
  #broken: CommandError | undefined;
  #rotation: Rotation | undefined;

  constructor(file: LogFile, length: number) {
    this.#file = file;
    this.#length = length;
  }

  /** Bytes in the current file. */
  get length(): number {
    return this.#length;
  }

  /** Hands over applied changes; settles when they are durable. Throws at once when the disk failed for good. */
  append(changes: ChangeSet): Promise<void> {
    if (this.#broken) {
      changes.undo();
      throw this.#broken;
    }
    this.#waiting ??= newBatch();
    this.#waiting.changes.push(changes);
    const { durable } = this.#waiting;
    if (!this.#writing) void this.#writeBatches();
    return durable;
  }

  /**
   * Settles when all that memory holds now is durable. A reply waits for it, reads too, so that no
   * client ever sees what a crash could take back.
   */
  flushed(): Promise<void> {
    return (this.#waiting ?? this.#writing)?.durable ?? Promise.resolve();
  }

  /** Moves on to another file between two batches. */
  rotate(rotation: Rotation): void {
    this.#rotation = rotation;
  }

  async close(): Promise<void> {
    await this.flushed().catch(() => undefined);
    this.#rotation?.abandon(new Error('the store is closing'));
    await this.#file.close();
  }

  async #writeBatches(): Promise<void> {
    for (let batch = this.#waiting; batch !== undefined; batch = this.#waiting) {
      this.#waiting = undefined;
      this.#writing = batch;
      const rotation = this.#rotation;
      this.#rotation = undefined;
      // Memory holds this batch and all before it, and nothing else.
      rotation?.atBoundary();
      try {
        await this.#writeDurably(batch.changes);
      } catch (error) {
        await this.#takeBack(batch, error);
        rotation?.abandon(error);
        continue;
      }
      batch.settle();
      if (rotation) await this.#switchFile(rotation);
    }
    this.#writing = undefined;
  }

  async #writeDurably(changes: ChangeSet[]): Promise<void> {
    const record = encodeRecord(Buffer.concat(changes.flatMap(({ operations }) => operations)));
    for (let done = 0; done < record.length;) {
      const { bytesWritten } = await this.#file.write(
        record,
        done,
        record.length - done,
        this.#length + done,
      );
      done += bytesWritten;
    }
    await this.#file.datasync();
    this.#length += record.length;
  }

  async #switchFile(rotation: Rotation): Promise<void> {
    try {
      const next = await rotation.openNext();
      await this.#file.close();
      this.#file = next;
      this.#length = 0;
    } catch (error) {
      rotation.abandon(error);
    }
  }

  async #takeBack(batch: Batch, cause: unknown): Promise<void> {
    const later = this.#waiting;
    this.#waiting = undefined;
    for (const changes of [...batch.changes, ...(later?.changes ?? [])].reverse()) changes.undo();
    const reason = new CommandError(14031, `the write was refused: ${String(cause)}`);
    try {
      await this.#file.truncate(this.#length);
      await this.#file.datasync();
    } catch {
      this.#broken = new CommandError(
        14031,
        'the data folder cannot be written any more; restart after repairing it',
      );
    }
    batch.settle(reason);
    later?.settle(reason);
  }
}

function newBatch(): Batch {
  let settle: Batch['settle'] = () => undefined;
  const durable = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // A batch may have no reader left; whoever waits gets the error all the same.
  durable.catch(() => undefined);
  return { changes: [], durable, settle };
}

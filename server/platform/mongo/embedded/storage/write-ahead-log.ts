import type { FileHandle } from 'node:fs/promises';
import { CommandError } from '../errors.ts';
import type { ChangeSet } from './change-set.ts';
import { encodeRecord } from './log-record.ts';

/** What the log needs of a file; a test puts a full disk in its place. */
export type LogFile = Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>;

/**
 * Asked before each batch, when memory holds exactly what the file will hold after it: how to go on in another
 * file behind this batch, or undefined.
 */
type Rotate = () => (() => Promise<LogFile>) | undefined;

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
  /** Bytes in the current file. */
  length: number;
  #file: LogFile;
  readonly #rotate: Rotate;
  #waiting: Batch | undefined;
  #writing: Batch | undefined;
  #broken: CommandError | undefined;

  constructor(file: LogFile, length: number, rotate: Rotate = () => undefined) {
    this.#file = file;
    this.length = length;
    this.#rotate = rotate;
  }

  /** Hands over applied changes; settles when they are durable. Throws at once when the disk failed for good. */
  append(changes: ChangeSet): Promise<void> {
    if (this.#broken) {
      changes.undo();
      throw this.#broken;
    }
    const batch = (this.#waiting ??= newBatch());
    batch.changes.push(changes);
    if (!this.#writing) void this.#writeBatches();
    return batch.durable;
  }

  /**
   * Settles when all that memory holds now is durable. A reply waits for it, reads too, so that no
   * client ever sees what a crash could take back.
   */
  flushed(): Promise<void> {
    return (this.#waiting ?? this.#writing)?.durable ?? Promise.resolve();
  }

  async close(): Promise<void> {
    await this.flushed().catch(() => undefined);
    await this.#file.close();
  }

  async #writeBatches(): Promise<void> {
    for (let batch = this.#waiting; batch !== undefined; batch = this.#waiting) {
      [this.#waiting, this.#writing] = [undefined, batch];
      const openNext = this.#rotate();
      try {
        await this.#writeDurably(batch.changes);
      } catch (error) {
        await this.#takeBack(batch, error);
        continue;
      }
      batch.settle();
      if (openNext) await this.#switchFile(openNext);
    }
    this.#writing = undefined;
  }

  async #writeDurably(changes: ChangeSet[]): Promise<void> {
    const record = encodeRecord(Buffer.concat(changes.flatMap(({ operations }) => operations)));
    for (let done = 0; done < record.length;) {
      const left = record.length - done;
      const { bytesWritten } = await this.#file.write(record, done, left, this.length + done);
      done += bytesWritten;
    }
    await this.#file.datasync();
    this.length += record.length;
  }

  async #switchFile(openNext: () => Promise<LogFile>): Promise<void> {
    const next = await openNext().catch(() => undefined);
    if (next === undefined) return;
    await this.#file.close();
    this.#file = next;
    this.length = 0;
  }

  async #takeBack(batch: Batch, cause: unknown): Promise<void> {
    const later = this.#waiting;
    this.#waiting = undefined;
    for (const changes of [...batch.changes, ...(later?.changes ?? [])].reverse()) changes.undo();
    try {
      await this.#file.truncate(this.length);
      await this.#file.datasync();
    } catch {
      const message = 'the data folder cannot be written any more; restart after repairing it';
      this.#broken = new CommandError(14031, message);
    }
    for (const refused of [batch, later])
      refused?.settle(new CommandError(14031, `the write was refused: ${String(cause)}`));
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

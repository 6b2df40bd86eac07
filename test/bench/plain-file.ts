import { open, type FileHandle } from 'node:fs/promises';

/** The least that durability costs: appends to a file, in which all that wait share one fsync. */
export class PlainFile {
  readonly #file: FileHandle;
  #waiting: { bytes: Uint8Array; done: () => void }[] = [];
  #isWriting = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<PlainFile> {
    return new PlainFile(await open(path, 'w'));
  }

  /** Settles when the bytes are on the disk. */
  append(bytes: Uint8Array): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ bytes, done });
      if (!this.#isWriting) void this.#write();
    });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      await this.#file.appendFile(Buffer.concat(batch.map(({ bytes }) => bytes)));
      await this.#file.datasync();
      for (const { done } of batch) done();
    }
    this.#isWriting = false;
  }
}

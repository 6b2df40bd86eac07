import mongoose, { type Connection } from 'mongoose';

/** Documents that are inserted together, each answered for itself. */
export interface BatchWriter<D> {
  /**
   * Resolves when the document is journaled; `duplicate` when a unique index has it already.
   * @throws TooMuchWaiting at once when the queue is full: nothing of the document was kept.
   */
  insert(document: D): Promise<'inserted' | 'duplicate'>;
  /** True when the next document would be refused. */
  isFull(): boolean;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

/** The queue of a batch writer is full; whoever asks may come again in a moment. */
export class TooMuchWaiting extends Error {
  constructor() {
    super('too many documents wait to be written');
    this.name = 'TooMuchWaiting';
  }
}

interface Waiting<D> {
  document: D;
  resolve(outcome: 'inserted' | 'duplicate'): void;
  reject(error: unknown): void;
}

const DUPLICATE_KEY = 11000;
const LARGEST_BATCH = 1_000;

/**
 * Inserts what arrives while a batch is under way as the next batch: alone nobody waits, and under load one
 * journal write serves hundreds. The documents go to the driver as they are: mongoose would take longer for
 * each than the database does.
 * @param mostWaiting documents that wait or are under way; more are refused, so that memory and waiting end
 */
export function createBatchWriter<D extends { _id: string }>(
  connection: Connection,
  collectionName: string,
  mostWaiting: number,
): BatchWriter<D> {
  const collection = connection.collection(collectionName);
  let queue: Waiting<D>[] = [];
  let underWay = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Requests of the same turn of the event loop become one batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const batch = queue.slice(0, LARGEST_BATCH);
      queue = queue.slice(LARGEST_BATCH);
      underWay = batch.length;
      await writeBatch(batch);
      underWay = 0;
    }
    running = undefined;
  }

  async function writeBatch(batch: readonly Waiting<D>[]): Promise<void> {
    try {
      await collection.insertMany(
        batch.map(({ document }) => document as never),
        { ordered: false },
      );
      for (const { resolve } of batch) resolve('inserted');
    } catch (error) {
      answerEach(batch, error);
    }
  }

  const isFull = (): boolean => queue.length + underWay >= mostWaiting;

  return {
    isFull,
    insert(document) {
      if (isFull()) return Promise.reject(new TooMuchWaiting());
      return new Promise((resolve, reject) => {
        queue.push({ document, resolve, reject });
        running ??= run();
      });
    },
    async drain() {
      while (running) await running;
    },
  };
}

/** Tells each document of a batch that failed in part what became of it. */
function answerEach<D>(batch: readonly Waiting<D>[], error: unknown): void {
  const failures = readWriteErrors(error);
  batch.forEach(({ resolve, reject }, index) => {
    if (failures === undefined) reject(error);
    else {
      const failure = failures.get(index);
      if (failure === undefined) resolve('inserted');
      else if (failure === DUPLICATE_KEY) resolve('duplicate');
      else reject(error);
    }
  });
}

/** Codes by place in the batch; undefined when nobody knows which documents are journaled. */
function readWriteErrors(error: unknown): Map<number, number> | undefined {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return undefined;
  const failures = [error.writeErrors].flat();
  if (failures.length === 0 || error.result.getWriteConcernError()) return undefined;
  return new Map(failures.map(({ index, code }) => [index, Number(code)]));
}

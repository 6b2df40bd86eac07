import { CommandError } from '../errors.ts';
import type { CursorReply } from './reply.ts';

/** What is left of a result: BSON documents, produced only as far as they are asked for. */
export interface Result {
  documents: Iterator<Uint8Array>;
  /** True when the last document is known to be the last without asking for another one. */
  isEndKnown: boolean;
}

interface Cursor extends Result {
  namespace: string;
  next: IteratorResult<Uint8Array, unknown>;
  usedAt: number;
}

const FIRST_BATCH = 101;
const LARGEST_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60 * 1000;

/** Results that clients have not read to their end yet. Forgotten after ten minutes without use. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  readonly #now: () => Date;
  #lastId = 0n;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get count(): number {
    return this.#open.size;
  }

  /** The `cursor` part of a reply: a first batch, and an id when there is more. */
  start(namespace: string, result: Result, batchSize = FIRST_BATCH, isSingleBatch = false): CursorReply {
    const id = ++this.#lastId;
    this.#open.set(id, { ...result, namespace, next: result.documents.next(), usedAt: Infinity });
    const reply = this.more(id, namespace, batchSize);
    if (isSingleBatch) this.#open.delete(id);
    return { ...reply, batchName: 'firstBatch', id: isSingleBatch ? 0n : reply.id };
  }

  /** The next batch. Throws CommandError 43 for an id that is not open. */
  more(id: bigint, namespace: string, batchSize = Infinity): CursorReply {
    this.#forgetIdle();
    const cursor = this.#open.get(id);
    if (!cursor || cursor.namespace !== namespace) throw new CommandError(43, `cursor id ${id} not found`);
    cursor.usedAt = this.#now().getTime();
    const batch = takeBatch(cursor, batchSize);
    // As in MongoDB, a full batch stays open although nothing follows, unless the end was known.
    const isOpen = cursor.next.done !== true || (batch.length === batchSize && !cursor.isEndKnown);
    if (!isOpen) this.#open.delete(id);
    return { batchName: 'nextBatch', batch, id: isOpen ? id : 0n, namespace };
  }

  /** False when there is no such cursor. */
  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  #forgetIdle(): void {
    const oldest = this.#now().getTime() - IDLE_MS;
    for (const [id, { usedAt }] of this.#open) if (usedAt < oldest) this.#open.delete(id);
  }
}

function takeBatch(cursor: Cursor, batchSize: number): Uint8Array[] {
  const batch: Uint8Array[] = [];
  for (let bytes = 0; batch.length < batchSize && !cursor.next.done; cursor.next = cursor.documents.next()) {
    bytes += cursor.next.value.length;
    if (batch.length > 0 && bytes > LARGEST_BATCH_BYTES) break;
    batch.push(cursor.next.value);
  }
  return batch;
}

import type { Connection, Schema } from 'mongoose';

/** Answers of the database, remembered until a document that counts changes is written, here or elsewhere. */
export interface Cache {
  /**
   * The remembered answer to a question, else what `load` finds. Who asks meanwhile waits for the same load: when an
   * answer has become too old, thousands may ask at once. A failed load is not remembered.
   */
  get<T>(question: string, load: () => Promise<T>): Promise<T>;
}

interface ChangeCounter {
  _id: string;
  count: number;
}

const COLLECTION = 'changes';
const COUNTER = 'directory';
const CHANGED = 'directory-changed';
/** How old an answer can be after another process wrote: the counter is read this often at most. */
const LOOK_EVERY = 1_000;
/** A process can die between a write and its count; nothing is believed for longer. Milliseconds. */
const LONGEST_LIFE = 10_000;
const MOST_ANSWERS = 50_000;

const WRITES = ['save', 'updateOne', 'updateMany', 'findOneAndUpdate', 'deleteOne'] as const;

/**
 * Declares that writes of a schema's documents make remembered answers void. Writes that go past the schema, to
 * the collection itself, do not: that is for what nobody remembers, as a store's last event.
 */
export function countChanges(connection: Connection, schema: Schema): void {
  const count = async (): Promise<void> => {
    await connection
      .collection<ChangeCounter>(COLLECTION)
      .updateOne({ _id: COUNTER }, { $inc: { count: 1 } }, { upsert: true });
    connection.emit(CHANGED);
  };
  for (const write of WRITES) schema.post(write, count);
  schema.post('insertMany', count);
}

/** The memory of one process for what every click asks: stores, codes, links, settings. */
export function createCache(connection: Connection): Cache {
  let answers = new Map<string, { answer: Promise<unknown>; until: number }>();
  let known = -1;
  let lookAt = 0;
  let looking: Promise<void> | undefined;
  const forget = (): void => void (answers = new Map());
  connection.on(CHANGED, forget);

  async function look(): Promise<void> {
    const counter = await connection.collection<ChangeCounter>(COLLECTION).findOne({ _id: COUNTER });
    const count = Number(counter?.count ?? 0);
    if (count !== known) forget();
    known = count;
    lookAt = performance.now() + LOOK_EVERY;
  }

  return {
    async get<T>(question: string, load: () => Promise<T>): Promise<T> {
      if (performance.now() > lookAt) await (looking ??= look().finally(() => (looking = undefined)));
      const found = answers.get(question);
      if (found && found.until > performance.now()) return found.answer as Promise<T>;
      // What is loaded while something changes belongs to the memory that is thrown away.
      const memory = answers;
      if (memory.size >= MOST_ANSWERS) memory.clear();
      const remembered = { answer: load(), until: performance.now() + LONGEST_LIFE };
      memory.set(question, remembered);
      remembered.answer.catch(() => memory.get(question) === remembered && memory.delete(question));
      return remembered.answer;
    },
  };
}

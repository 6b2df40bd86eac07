import { setTimeout } from 'node:timers/promises';
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
/** So old an answer can be after another process wrote: the counter is read this often. All in milliseconds. */
const LOOK_EVERY = 1_000;
/** A process can die between a write and its count; an answer is asked for again after so long. */
const RENEW_AFTER = 10_000;
/**
 * A database that takes longer to tell of changes is slow: then the old answers serve for a few seconds more, so that
 * it holds up who must write, and not everybody who only wants whose code it is.
 */
const PATIENCE = 100;
const GRACE = 5_000;
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

interface Remembered {
  answer: Promise<unknown>;
  renewAt: number;
  isRenewing: boolean;
}

/**
 * The memory of one process for what every click asks: stores, codes, links, settings.
 * @param elapsed milliseconds of a clock that never goes back
 */
export function createCache(connection: Connection, elapsed = () => performance.now()): Cache {
  let answers = new Map<string, Remembered>();
  let known = -1;
  let lookAt = -Infinity;
  let looking: { done: Promise<void>; patient: Promise<unknown> } | undefined;
  const forget = (): void => void (answers = new Map());
  connection.on(CHANGED, forget);

  async function look(): Promise<void> {
    const counter = await connection.collection<ChangeCounter>(COLLECTION).findOne({ _id: COUNTER });
    const count = Number(counter?.count ?? 0);
    if (count !== known) forget();
    known = count;
    lookAt = elapsed() + LOOK_EVERY;
  }

  function startLooking() {
    const done = look().finally(() => (looking = undefined));
    const patient = Promise.race([done, setTimeout(PATIENCE, undefined, { ref: false })]);
    done.catch(() => undefined);
    patient.catch(() => undefined);
    return { done, patient };
  }

  async function learnOfChanges(now: number): Promise<void> {
    if (now <= lookAt) return;
    looking ??= startLooking();
    await (now > lookAt + GRACE ? looking.done : looking.patient);
  }

  /** What is loaded while something changes belongs to the memory that is thrown away. */
  function remember<T>(question: string, load: () => Promise<T>, now: number): Promise<T> {
    const memory = answers;
    if (memory.size >= MOST_ANSWERS) memory.clear();
    const answer = load();
    const remembered = { answer, renewAt: now + RENEW_AFTER, isRenewing: false };
    memory.set(question, remembered);
    answer.catch(() => memory.get(question) === remembered && memory.delete(question));
    return answer;
  }

  /** The old answer stays until there is a new one. */
  function renew<T>(question: string, load: () => Promise<T>, old: Remembered): void {
    const memory = answers;
    old.isRenewing = true;
    load()
      .then((found) => {
        const renewAt = elapsed() + RENEW_AFTER;
        if (memory.get(question) !== old) return;
        memory.set(question, { answer: Promise.resolve(found), renewAt, isRenewing: false });
      })
      .catch(() => undefined)
      .finally(() => (old.isRenewing = false));
  }

  return {
    async get<T>(question: string, load: () => Promise<T>): Promise<T> {
      const now = elapsed();
      await learnOfChanges(now);
      const found = answers.get(question);
      if (!found || now > found.renewAt + GRACE) return remember(question, load, now);
      if (now > found.renewAt && !found.isRenewing) renew(question, load, found);
      return found.answer as Promise<T>;
    },
  };
}

import { EJSON } from 'bson';
import type { Document } from 'bson';
import type mongoose from 'mongoose';

/** One recorded conversation with a real MongoDB. */
export interface Scenario {
  group: string;
  name: string;
  steps: { send: Document; reply: Document }[];
}

export type Verdict =
  { kind: 'same' } | { kind: 'refused' | 'wrong'; step: number; expected: unknown; actual: unknown };

const REFUSED = 238;
/** Programs act on these codes, so they must be the same; any other error may have any other code. */
const EXACT_CODES = new Set([26, 27, 43, 48, 59, 66, 85, 86, 11000]);
const EXACT_FIELDS = [
  'value',
  'values',
  'upserted',
  'keyPattern',
  'keyValue',
  'createdCollectionAutomatically',
];
const NUMERIC_FIELDS = ['ok', 'n', 'nModified', 'numIndexesBefore', 'numIndexesAfter', 'nIndexesWas'];
const RAW_TYPES = { promoteValues: false, promoteLongs: false, bsonRegExp: true };

/** Sends a scenario's steps; the first step that is not answered the same decides. */
export async function replayScenario(db: mongoose.mongo.Db, { steps }: Scenario): Promise<Verdict> {
  const cursors = new Map<string, unknown>();
  for (const [step, { send, reply }] of steps.entries()) {
    const answer = await ask(db, toCommand(send, cursors));
    if (typeof send['$cursor'] === 'string') cursors.set(send['$cursor'], answer['cursor']?.id);
    const [expected, actual] = [essence(reply, reply), essence(answer, reply)].map((part) =>
      EJSON.stringify(part, { relaxed: false }),
    );
    if (expected === actual) continue;
    return { kind: isRefusal(answer) ? 'refused' : 'wrong', step, expected, actual };
  }
  return { kind: 'same' };
}

/** `$cursor`, `$getMore` and `$killCursors` are instructions to the replay, see the fixture's INDEX.md. */
function toCommand(send: Document, cursors: ReadonlyMap<string, unknown>): Document {
  const { $getMore: more, $killCursors: kill, ...command } = send;
  delete command['$cursor'];
  if (typeof more === 'string') return { getMore: cursors.get(more), collection: 'c', ...command };
  if (typeof kill === 'string') return { killCursors: 'c', cursors: [cursors.get(kill)] };
  return command;
}

async function ask(db: mongoose.mongo.Db, command: Document): Promise<Document> {
  try {
    return await db.command(command, RAW_TYPES);
  } catch (error) {
    const reply = (error as { errorResponse?: Document }).errorResponse;
    if (reply === undefined) throw error;
    return { ok: 0, ...reply };
  }
}

function isRefusal(answer: Document): boolean {
  const errors = [answer, ...((answer['writeErrors'] as Document[] | undefined) ?? [])];
  return errors.some(({ code }) => Number(code) === REFUSED);
}

/** What must be equal, as the fixture's INDEX.md says; `recorded` decides which codes are compared. */
function essence(answer: Document, recorded: Document): Document {
  const result: Document = {};
  for (const field of NUMERIC_FIELDS) if (field in answer) result[field] = Number(answer[field]);
  for (const field of EXACT_FIELDS) if (field in answer) result[field] = answer[field];
  for (const field of ['cursorsKilled', 'cursorsNotFound']) {
    if (field in answer)
      result[field] = Array.isArray(answer[field]) ? answer[field].length : Number(answer[field]);
  }
  if ('code' in answer) result['code'] = comparableCode(answer['code'], recorded['code']);
  if ('cursor' in answer) result['cursor'] = cursorEssence(answer['cursor'] as Document);
  if ('lastErrorObject' in answer)
    result['lastErrorObject'] = lastError(answer['lastErrorObject'] as Document);
  if ('writeErrors' in answer) result['writeErrors'] = writeErrors(answer, recorded);
  return result;
}

function comparableCode(code: unknown, recorded: unknown): unknown {
  const isExact =
    EXACT_CODES.has(Number(code)) || EXACT_CODES.has(Number(recorded)) || Number(code) === REFUSED;
  return isExact ? Number(code) : 'any other';
}

function cursorEssence({ id, firstBatch, nextBatch }: Document): Document {
  const isOpen = id === 'open' || (typeof id !== 'string' && Number(id) !== 0);
  return { isOpen, firstBatch, nextBatch };
}

function lastError({ n, updatedExisting, upserted }: Document): Document {
  return { n: Number(n), updatedExisting, upserted };
}

function writeErrors(answer: Document, recorded: Document): Document[] {
  const errors = answer['writeErrors'] as Document[];
  const recordedErrors = (recorded['writeErrors'] as Document[] | undefined) ?? [];
  return errors.map(({ index, code, keyPattern, keyValue }, i) => ({
    index: Number(index),
    code: comparableCode(code, recordedErrors[i]?.['code']),
    keyPattern,
    keyValue,
  }));
}

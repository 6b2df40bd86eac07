import { rm } from 'node:fs/promises';
import { decodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import { encodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import type { Document } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { isArray, isDocument, toNumber } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { Cursors } from '../../../../server/platform/mongo/embedded/commands/cursors.ts';
import { runCommand } from '../../../../server/platform/mongo/embedded/commands/run-command.ts';
import type { CommandError } from '../../../../server/platform/mongo/embedded/errors.ts';
import { Database } from '../../../../server/platform/mongo/embedded/storage/database.ts';
import { serveClients } from '../../../../server/platform/mongo/embedded/wire/serve-clients.ts';
import { temporaryFolder } from './temporary-store.ts';

export interface RecordingStore {
  uri: string;
  /** Every command that a client has sent. */
  commands: Document[];
  /** What was answered with 238 (not implemented), in the words of the answer. */
  refusals: string[];
  /** What queries have read since the start. */
  documentsExamined: () => number;
  remove: () => Promise<void>;
}

const NOT_IMPLEMENTED = 238;

/** A store that keeps every command it is sent; `interfere` may change a command or fail in its place. */
export async function startRecordingStore(
  interfere: (command: Document) => void = () => undefined,
): Promise<RecordingStore> {
  const dir = await temporaryFolder();
  const database = await Database.open(dir);
  const now = (): Date => new Date();
  const cursors = new Cursors(now);
  const commands: Document[] = [];
  const refusals: string[] = [];
  const server = await serveClients({ port: 0 }, async (command) => {
    commands.push(decodeDocument(encodeDocument(command)));
    interfere(command);
    const reply = await runCommand(command, database, cursors, now).catch((error: CommandError) => {
      if (error.code === NOT_IMPLEMENTED) refusals.push(error.message);
      throw error;
    });
    refusals.push(...refusalsIn(decodeDocument(reply)));
    return reply;
  });
  const remove = async (): Promise<void> => {
    await server.close();
    await database.close();
    await rm(dir, { recursive: true });
  };
  const documentsExamined = (): number => database.catalog.counters.documentsExamined;
  return { uri: server.uri, commands, refusals, documentsExamined, remove };
}

function refusalsIn(reply: Document): string[] {
  const errors = reply.get('writeErrors');
  return [reply, ...(isArray(errors) ? errors.filter(isDocument) : [])]
    .filter((answer) => toNumber(answer.get('code')) === NOT_IMPLEMENTED)
    .map((answer) => JSON.stringify(answer.get('errmsg')));
}

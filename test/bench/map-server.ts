import type { Document, Value } from '../../server/platform/mongo/embedded/values/value.ts';
import { encodeDocument } from '../../server/platform/mongo/embedded/values/bson.ts';
import { encodeReply } from '../../server/platform/mongo/embedded/commands/reply.ts';
import { hello } from '../../server/platform/mongo/embedded/commands/session.ts';
import type { CommandContext } from '../../server/platform/mongo/embedded/commands/command.ts';
import { serveClients, type WireServer } from '../../server/platform/mongo/embedded/wire/serve-clients.ts';
import type { PlainFile } from './plain-file.ts';

/**
 * The store's own server code over a JavaScript Map: it finds and replaces documents by `key` and does
 * nothing else, so what the store takes longer is what its queries, indexes and log cost.
 */
export async function startMapServer(documents: Map<string, Document>, log: PlainFile): Promise<WireServer> {
  return serveClients({ port: 0 }, async (command) => {
    if (command.has('find')) return found(documents.get(keyIn(command.get('filter'))));
    if (command.has('update')) return updated(documents, command.get('updates'), log);
    return encodeReply(hello.run(command, { now: () => new Date() } as CommandContext));
  });
}

function found(document: Document | undefined): Uint8Array {
  const batch = document ? [encodeDocument(document)] : [];
  return encodeReply({ batchName: 'firstBatch', batch, id: 0n, namespace: 'bench.c' });
}

async function updated(
  documents: Map<string, Document>,
  updates: Value | undefined,
  log: PlainFile,
): Promise<Uint8Array> {
  const [statement] = updates as Document[];
  const key = keyIn(statement?.get('q'));
  const changes = (statement?.get('u') as Document).get('$set') as Document;
  const document: Document = new Map([...(documents.get(key) ?? []), ...changes]);
  documents.set(key, document);
  await log.append(encodeDocument(document));
  return encodeReply({ n: 1, nModified: 1 });
}

function keyIn(filter: Value | undefined): string {
  return (filter as Document).get('key') as string;
}

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exportData, importData, startEmbeddedStore } from './platform/mongo/embedded/index.ts';
import type { CopiedCollection, EmbeddedStore, StoreAddress } from './platform/mongo/embedded/index.ts';
import { readConfig } from './config.ts';
import { readNumber } from './read-number.ts';
import { stopOnSignal } from './stop-on-signal.ts';

type Say = (line: string) => void;

/**
 * `refledger store`, `refledger store export` and `refledger store import` (docs/operations/embedded-store.md).
 * @returns the exit code, or nothing while the store is being served
 * @throws Error that says what to do, when an argument is missing or data cannot be moved
 */
export async function runStoreCommand(args: string[], say: Say): Promise<number | undefined> {
  const [first, ...rest] = args;
  if (first === 'export') return exportStore(rest, say);
  if (first === 'import') return importStore(rest, say);
  return serveStore(args, say);
}

async function serveStore(args: string[], say: Say): Promise<undefined> {
  const options = { dir: { type: 'string' }, port: { type: 'string' }, socket: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const dir = named(values.dir, 'refledger store --dir <folder>');
  const port = readNumber('--port', values.port ?? '27017');
  const store = await open(dir, values.socket === undefined ? { port } : { socket: values.socket });
  say(`Embedded store in ${dir} listens on ${store.uri}`);
  stopOnSignal(() => store.close());
}

async function open(dir: string, address: StoreAddress): Promise<EmbeddedStore> {
  try {
    return await startEmbeddedStore({ dir, address });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const taken = 'port' in address ? `Port ${address.port}` : address.socket;
    throw new Error(`${taken} is taken; choose another with --port or --socket.`, { cause: error });
  }
}

async function exportStore(args: string[], say: Say): Promise<number> {
  const options = { dir: { type: 'string' }, to: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const usage = 'refledger store export --dir <folder> --to <mongodb uri>';
  const [dir, uri] = [named(values.dir, usage), named(values.to ?? readConfig().mongodbUri, usage)];
  if (!existsSync(dir)) throw new Error(`There is no folder ${dir}.`);
  return move((onCopied) => exportData({ dir, uri, onCopied }), say);
}

async function importStore(args: string[], say: Say): Promise<number> {
  const options = { from: { type: 'string' }, dir: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const usage = 'refledger store import --from <mongodb uri> --dir <folder>';
  const [uri, dir] = [named(values.from ?? readConfig().mongodbUri, usage), named(values.dir, usage)];
  return move((onCopied) => importData({ dir, uri, onCopied }), say);
}

async function move(
  run: (onCopied: (copied: CopiedCollection) => void) => Promise<void>,
  say: Say,
): Promise<number> {
  const moved: CopiedCollection[] = [];
  await run((copied) => {
    moved.push(copied);
    say(
      `${copied.name}: ${copied.documents} documents, ${copied.indexes} indexes, sha256 ${copied.sha256}, the same on both sides`,
    );
  });
  const documents = moved.reduce((sum, copied) => sum + copied.documents, 0);
  say(`${moved.length} collections with ${documents} documents were copied and compared.`);
  return 0;
}

function named(value: string | undefined, usage: string): string {
  if (value === undefined) throw new Error(`Something is missing: ${usage}`);
  return value;
}

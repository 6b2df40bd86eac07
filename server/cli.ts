import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { readNumber } from './read-number.ts';

interface Command {
  summary: string;
  run(args: string[]): Promise<number | undefined>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Every command of `refledger`. A command gives its exit code, or nothing while it keeps running. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'start the server (configuration by environment, see docs/operations/configuration.md)',
    async run(args) {
      refuseArguments('serve', args);
      const { serve } = await import('./main.ts');
      await serve(readConfig(), say);
      return undefined;
    },
  },
  demo: {
    summary: 'a merchant, two shops and a month of orders, from nothing: --json, --seed <n>, --keep',
    async run(args) {
      const options = {
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        seed: { type: 'string' },
      } as const;
      const { values } = parseArgs({ args, options });
      const { runDemo } = await import('./demo/index.ts');
      return runDemo({
        seed: readNumber('--seed', values.seed ?? '1'),
        json: values.json ?? false,
        keep: values.keep ?? false,
        out: process.stdout,
        progress: process.stderr,
      });
    },
  },
  store: {
    summary:
      'the embedded store alone: --dir <folder>, --port <n> (27017) or --socket <path>; export and import move its data',
    async run(args) {
      const { runStoreCommand } = await import('./store-command.ts');
      return runStoreCommand(args, say);
    },
  },
  explain: {
    summary: 'what an order earns, from its recorded bodies: --platform, --rate <ppm>, --json, files',
    async run(args) {
      const { runExplainCommand } = await import('./explain-command.ts');
      const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);
      const output = { out: write(process.stdout), err: write(process.stderr) };
      return runExplainCommand(args, output, new Date());
    },
  },
  'check-storefront': {
    summary:
      'whether the snippet works on a page of a shop: <url>, --code <code>, --server <url>; exit code 1 if not',
    async run(args) {
      const { runCheckStorefront } = await import('./check-storefront/check-storefront-command.ts');
      return runCheckStorefront(args, readConfig().publicUrl, say);
    },
  },
  'trial-balance': {
    summary: 'debits and credits of every merchant and currency; exit code 1 when they differ',
    async run(args) {
      parseArgs({ args, options: {} });
      const { printTrialBalance } = await import('./check-books.ts');
      return printTrialBalance(readConfig(), say);
    },
  },
  verify: {
    summary: "check the ledger's hash chain and the books against the commissions; exit code 1 when broken",
    async run(args) {
      parseArgs({ args, options: {} });
      const { verifyBooks } = await import('./check-books.ts');
      return verifyBooks(readConfig(), say);
    },
  },
  reconcile: {
    summary:
      "compare our orders with the shops' and take in what is missing: --store <id>, --from, --to <date>",
    async run(args) {
      const { runReconcileCommand } = await import('./reconcile-command.ts');
      return runReconcileCommand(args, readConfig(), say);
    },
  },
  'rebuild-balances': {
    summary: 'throw the cached balances away and add them up from the ledger again',
    async run(args) {
      parseArgs({ args, options: {} });
      const { rebuildBalances } = await import('./check-books.ts');
      return rebuildBalances(readConfig(), say);
    },
  },
  replay: {
    summary:
      'decides every order again from what its decision embeds; exit code 1 when one differs: --json, --settings <programme>=<version> to see what other settings would change',
    async run(args) {
      const options = { settings: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;
      const { values } = parseArgs({ args, options });
      const { replayDecisions } = await import('./replay-decisions.ts');
      const request = { settings: values.settings ?? [], json: values.json ?? false };
      return replayDecisions(readConfig(), request, say);
    },
  },
};

/** @throws Error that names the first argument: it would have no effect, and somebody relies on it. */
function refuseArguments(command: string, [first]: string[]): void {
  if (first === undefined) return;
  const help = 'It is configured by environment variables, see docs/operations/configuration.md.';
  throw new Error(`"${command}" takes no arguments, but got "${first}". ${help}`);
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(16)} ${summary}`);
  return ['refledger <command>', '', ...lines].join('\n');
}

async function main([name, ...args]: string[]): Promise<number | undefined> {
  if (name === undefined || name === 'help' || name === '--help') {
    say(usage());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${usage()}\n`);
    return 2;
  }
  return command.run(args);
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exit(code);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

import { build, type Plugin } from 'esbuild';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
/** Inside node_modules, so that the packages are found, and none of it is ever committed. */
const CACHE = join(ROOT, 'node_modules/.cache/refledger-test');

/** The sources keep the places at which they look for their templates and pages. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup(building) {
    building.onLoad({ filter: /[\\/](server|storefront-snippet)[\\/].*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.filename', JSON.stringify(path))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

export interface BuiltServer {
  /** For startServerProcess. */
  script: string;
  remove(): Promise<void>;
}

/**
 * Compiles the server's sources as they are now, once, for a suite that starts many processes of it. Each start
 * of `refledger.mjs` compiles them anew and spends half of its time on that; the code that runs is the same.
 */
export async function buildServer(): Promise<BuiltServer> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'server-'));
  await build({
    entryPoints: [join(ROOT, 'server/cli.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [keepPlaces],
  });
  return { script: join(folder, 'cli.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const DIST = join(import.meta.dirname, '../dist');

export const SCRIPTS = ['snippet.js', 'snippet-forms.js'] as const;
export type ScriptName = (typeof SCRIPTS)[number];

/** A script as it is served, with its size in bytes, minified and minified under brotli. */
export interface BuiltScript {
  code: string;
  bytes: number;
  brotliBytes: number;
}

/** Bundles one of the two scripts into a classic script without eval, for browsers of 2020 and newer. */
export async function buildScript(name: ScriptName): Promise<BuiltScript> {
  const source = name.replace(/js$/, 'ts');
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, source)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    // The project's tsconfig would add a "use strict" that this code, a module, is written for anyway.
    tsconfigRaw: {},
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made no file of storefront-snippet/${source}`);
  return {
    code: file.text,
    bytes: file.contents.byteLength,
    brotliBytes: brotliCompressSync(file.contents).byteLength,
  };
}

if (process.argv[1] === import.meta.filename) {
  await mkdir(DIST, { recursive: true });
  for (const name of SCRIPTS) {
    const { code, bytes, brotliBytes } = await buildScript(name);
    await writeFile(join(DIST, name), code);
    console.log(`dist/${name}: ${bytes} bytes, ${brotliBytes} bytes under brotli`);
  }
}

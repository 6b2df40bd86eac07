import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const DIST = join(import.meta.dirname, '../dist');

/** The snippet as it is served, with its size in bytes, minified and minified under brotli. */
export interface BuiltSnippet {
  code: string;
  bytes: number;
  brotliBytes: number;
}

/** Bundles the snippet into one classic script without eval, for browsers of 2020 and newer. */
export async function buildSnippet(): Promise<BuiltSnippet> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'snippet.ts')],
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
  if (!file) throw new Error('esbuild made no file of storefront-snippet/snippet.ts');
  return {
    code: file.text,
    bytes: file.contents.byteLength,
    brotliBytes: brotliCompressSync(file.contents).byteLength,
  };
}

if (process.argv[1] === import.meta.filename) {
  const { code, bytes, brotliBytes } = await buildSnippet();
  await mkdir(DIST, { recursive: true });
  await writeFile(join(DIST, 'snippet.js'), code);
  console.log(`dist/snippet.js: ${bytes} bytes, ${brotliBytes} bytes under brotli`);
}

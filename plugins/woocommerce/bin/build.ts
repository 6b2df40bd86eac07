import { crc32 } from './crc32.ts';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PLUGIN = join(import.meta.dirname, '..');
const DIST = join(PLUGIN, '../../dist');
/** WordPress unpacks into a folder of this name: the plugin's slug. */
const SLUG = 'refledger';
/** Everything that a shop needs; tests, tools and their settings stay behind. */
const SHIPPED = [
  'refledger.php',
  'uninstall.php',
  'readme.txt',
  'LICENSE',
  'includes',
  'assets',
  'languages',
];
/** 1980-01-01, the first day that a zip file can name: the same sources are the same bytes on any day. */
const FIRST_DAY = 0x0021;
const VERSION_MADE_BY_UNIX = 0x0314;
const VERSION_NEEDED = 20;
const UTF8_NAMES = 0x0800;
const PLAIN_FILE = 0o100644;

interface Entry {
  name: string;
  content: Buffer;
}

/** The names of the shipped files below the plugin's folder, in an order that no file system decides. */
export async function listShippedFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const name of SHIPPED) {
    const entries = await readdir(join(PLUGIN, name), { recursive: true, withFileTypes: true }).catch(
      () => undefined,
    );
    if (!entries) found.push(name);
    for (const entry of entries ?? []) {
      if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(PLUGIN.length + 1));
    }
  }
  return found.map((name) => name.replaceAll('\\', '/')).sort();
}

/** The plugin as a zip file. Nothing in it is compressed: how zlib packs differs between its versions. */
export async function buildZip(): Promise<Buffer> {
  const entries: Entry[] = [];
  for (const name of await listShippedFiles()) {
    entries.push({ name: `${SLUG}/${name}`, content: await readFile(join(PLUGIN, name)) });
  }
  return writeZip(entries);
}

function writeZip(entries: Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const described = describeEntry(name, content);
    const local = Buffer.concat([uint32(0x04034b50), described, Buffer.from(name), content]);
    directory.push(describeInDirectory(described, name, offset));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = [
    uint32(0x06054b50),
    uint16(0, 0, entries.length, entries.length),
    uint32(listed.length, offset),
  ];
  return Buffer.concat([...parts, listed, ...end, uint16(0)]);
}

/** What stands both before the file and in the directory. */
function describeEntry(name: string, content: Buffer): Buffer {
  return Buffer.concat([
    uint16(VERSION_NEEDED, UTF8_NAMES, 0, 0, FIRST_DAY),
    uint32(crc32(content), content.length, content.length),
    uint16(Buffer.byteLength(name), 0),
  ]);
}

function describeInDirectory(described: Buffer, name: string, offset: number): Buffer {
  return Buffer.concat([
    uint32(0x02014b50),
    uint16(VERSION_MADE_BY_UNIX),
    described,
    uint16(0, 0, 0),
    uint32((PLAIN_FILE << 16) >>> 0, offset),
    Buffer.from(name),
  ]);
}

function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
}

if (process.argv[1] === import.meta.filename) {
  const zip = await buildZip();
  await mkdir(DIST, { recursive: true });
  await writeFile(join(DIST, 'refledger-woocommerce.zip'), zip);
  console.log(
    `dist/refledger-woocommerce.zip: ${zip.length} bytes, ${(await listShippedFiles()).length} files`,
  );
}

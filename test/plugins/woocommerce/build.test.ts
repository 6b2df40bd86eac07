import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { buildZip, listShippedFiles } from '../../../plugins/woocommerce/bin/build.ts';
import { describeWhen, phpAvailable } from '../../support/requires.ts';

const PLUGIN = resolve(import.meta.dirname, '../../../plugins/woocommerce');
const read = (name: string): string => readFileSync(join(PLUGIN, name), 'utf8');

describe("the WooCommerce plugin's zip", () => {
  it('is the same bytes on two builds', async () => {
    expect((await buildZip()).equals(await buildZip())).to.equal(true);
  });

  it('holds what a shop needs and nothing else', async () => {
    const files = await listShippedFiles();
    expect(files).to.include.members(['refledger.php', 'uninstall.php', 'readme.txt', 'LICENSE']);
    const foreign = files.filter(
      (name) => !/^(refledger|uninstall)\.php$|^readme\.txt$|^LICENSE$/.test(name),
    );
    expect(
      foreign.every((name) => /^(includes|assets\/js|languages)\/[\w-]+\.(php|js|pot)$/.test(name)),
    ).to.equal(true);
  });

  it('names one version, in header, code, readme and texts', () => {
    const header = read('refledger.php');
    const versions = [
      /^ \* Version: (.+)$/m.exec(header)?.[1],
      /const VERSION\s+= '(.+)';/.exec(header)?.[1],
      /^Stable tag: (.+)$/m.exec(read('readme.txt'))?.[1],
      /Project-Id-Version: Refledger for WooCommerce (.+)\\n/.exec(read('languages/refledger.pot'))?.[1],
    ];
    expect(new Set(versions).size, versions.join(', ')).to.equal(1);
  });

  it('holds every text that can be translated', async () => {
    const pot = read('languages/refledger.pot').replaceAll('\\"', '"').replaceAll(/"\n"/g, '');
    const php = (await listShippedFiles()).filter((name) => name.endsWith('.php'));
    const texts = php.flatMap((name) =>
      [...read(name).matchAll(/\b(?:__|_n|esc_html__|esc_attr__|esc_html_e)\( '((?:[^'\\]|\\.)*)'/g)].map(
        ([, text = '']) => text.replaceAll("\\'", "'"),
      ),
    );
    expect(texts).to.have.length.above(50);
    expect(texts.filter((text) => !pot.includes(`msgid "${text}"`))).to.deep.equal([]);
  });
});

describeWhen(phpAvailable(), "the WooCommerce plugin's zip, unpacked by PHP", () => {
  it('is whole', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'refledger-zip-'));
    try {
      const file = join(folder, 'plugin.zip');
      await writeFile(file, await buildZip());
      const script =
        'if (!class_exists("ZipArchive")) { exit(3); } $z = new ZipArchive();' +
        'exit($z->open($argv[1], ZipArchive::CHECKCONS) === true && $z->getFromName("refledger/LICENSE") ? 0 : 1);';
      const { status } = spawnSync('php', ['-r', script, '--', file]);
      if (status === 3) this.skip();
      expect(status).to.equal(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

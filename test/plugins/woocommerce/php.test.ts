import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { describeWhen, phpAvailable } from '../../support/requires.ts';

const PLUGIN = resolve(import.meta.dirname, '../../../plugins/woocommerce');

/** Runs a program in the plugin's folder; fails with what it printed. */
function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: PLUGIN, encoding: 'utf8' });
  expect(status, `${error?.message ?? ''}${stdout}${stderr}`).to.equal(0);
  return stdout;
}

/** The plugin's own PHP files below a folder, e.g. "includes/Signer.php". */
function phpFiles(folder: string): string[] {
  return readdirSync(join(PLUGIN, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.php'))
    .map((name) => join(folder, name));
}

function findPhpunit(): string | undefined {
  const own = join(PLUGIN, 'vendor/bin/phpunit');
  if (existsSync(own)) return own;
  return spawnSync('phpunit', ['--version'], { stdio: 'ignore' }).status === 0 ? 'phpunit' : undefined;
}

const phpunit = findPhpunit();
const phpunitAvailable = phpunit !== undefined || 'phpunit was not found (install phpunit)';

describeWhen(phpAvailable(), 'the WooCommerce plugin under PHP', () => {
  for (const file of ['refledger.php', 'uninstall.php', ...phpFiles('includes'), ...phpFiles('tests')]) {
    it(`${file} is valid PHP`, () => {
      run('php', '-l', file);
    });
  }

  it('a host without intl and mbstring folds plain codes and e-mails like any other', () => {
    const answer = run('php', '-n', 'tests/without-extensions.php');
    expect(answer).to.match(/^intl: no, mbstring: no, checked: [1-9]\d*, wrong: none\n$/);
  });

  it("what the plugin signs now is accepted by the server's library", () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const body = '{"events":[{"name":"Café"}]}';
    const sign = 'echo json_encode((new Refledger\\Signer($argv[1]))->headers("msg_1", time(), $argv[2]));';
    const answer = run('php', '-r', `require "tests/bootstrap.php"; ${sign}`, '--', secret, body);
    const headers = JSON.parse(answer) as Record<string, string>;
    expect(new Webhook(secret).verify(body, headers)).to.deep.equal(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, headers)).to.throw(/signature/i);
  });
});

describeWhen(
  phpAvailable() === true ? phpunitAvailable : phpAvailable(),
  'the WooCommerce plugin under PHPUnit',
  () => {
    for (const file of phpFiles('tests').filter((name) => name.endsWith('Test.php'))) {
      it(`${file} passes`, function () {
        const answer = run(phpunit ?? 'phpunit', file);
        expect(answer).to.match(/OK \(\d+ tests/);
      });
    }
  },
);

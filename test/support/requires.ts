import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/**
 * Names a suite as skipped when a tool or folder is missing; with REQUIRE_ALL=1 the suite fails instead.
 *
 * @param available true, or the reason why the suite cannot run
 */
export function describeWhen(
  available: true | string,
  title: string,
  body: (this: Mocha.Suite) => void,
): void {
  if (available === true) {
    describe(title, body);
    return;
  }
  describe(title, () => {
    it(`cannot run: ${available}`, function () {
      if (process.env['REQUIRE_ALL'] === '1') throw new Error(`REQUIRE_ALL=1 and ${available}`);
      this.skip();
    });
  });
}

/** Names a suite as not run, whatever is required, where what it runs on is nothing that a machine can install. */
export function describeOn(available: true | string, title: string, body: (this: Mocha.Suite) => void): void {
  if (available === true) {
    describe(title, body);
    return;
  }
  describe(title, () => {
    it(`not run: ${available}`, function () {
      this.skip();
    });
  });
}

/** The executable of Chromium (CHROMIUM_PATH, else Debian's), or undefined when there is none. */
export function chromiumPath(): string | undefined {
  const path = process.env['CHROMIUM_PATH'] ?? DEBIAN_CHROMIUM;
  return existsSync(path) ? path : undefined;
}

/** For describeWhen: true, or why no browser test can run. */
export function chromiumAvailable(): true | string {
  return chromiumPath() !== undefined || 'Chromium was not found (install chromium, or set CHROMIUM_PATH)';
}

/** For describeWhen: true, or why no PHP can run. */
export function phpAvailable(): true | string {
  const answer = spawnSync('php', ['--version'], { stdio: 'ignore' });
  return answer.status === 0 || 'php was not found (install php-cli)';
}

/** The absolute path of the recorded fixtures beside this repository, or undefined when they are not there. */
export function sharedFixtures(): string | undefined {
  const folder = resolve(import.meta.dirname, '../../../shared/fixtures');
  return existsSync(folder) ? folder : undefined;
}

/** For describeWhen: true, or why no test of the recorded fixtures can run. */
export function sharedAvailable(): true | string {
  return sharedFixtures() !== undefined || 'the recorded fixtures (../shared/fixtures) were not found';
}

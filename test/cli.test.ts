import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const CLI = fileURLToPath(new URL('../server/refledger.mjs', import.meta.url));

describe('refledger serve with an argument', () => {
  it('does not start, and says where the configuration is', () => {
    for (const argument of ['--port=4000', 'now']) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'serve', argument], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect([status, stdout], argument).to.deep.equal([1, '']);
      expect(stderr).to.include(argument).and.include('docs/operations/configuration.md');
    }
  });
});

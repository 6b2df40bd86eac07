import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const DOCUMENT = join(import.meta.dirname, '../../docs/developers/woocommerce-pitfalls.md');
const NAMED = /\[[^\]]+\]\(([^)]+)\) “([^”]+)”/g;

/** The last cell of each row of the table: what the row is shown by. */
const rows = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split(' | '));

describe('docs/developers/woocommerce-pitfalls.md', () => {
  it('has a row for each of the seventeen defects', () => {
    expect(rows).to.have.length(17);
  });

  for (const [defect = '', , shownBy = ''] of rows) {
    it(`names tests that are there: ${defect.slice(2)}`, () => {
      const named = [...shownBy.matchAll(NAMED)];
      expect(named).to.not.have.length(0);
      for (const [, file = '', title = ''] of named) {
        const path = join(dirname(DOCUMENT), file);
        expect(existsSync(path), path).to.equal(true);
        const source = readFileSync(path, 'utf8');
        const declared = file.endsWith('.php') ? `function ${title}(` : title;
        expect(source.includes(declared), `${file} has no test “${title}”`).to.equal(true);
      }
      expect(shownBy.split('; [')).to.have.length(named.length);
    });
  }
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeSupportTables } from './support-tables.ts';

const DOCUMENT = join(import.meta.dirname, '../../../../docs/operations/embedded-store.md');
const GENERATED = /(?<=<!-- generated from the code .*-->\n)[^]*(?=\n<!-- end -->)/;

describe('docs/operations/embedded-store.md', () => {
  it('says what the code serves and refuses; WRITE_DOCS=1 writes it anew', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const upToDate = text.replace(GENERATED, () => writeSupportTables());
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(DOCUMENT, upToDate);

    expect(text).to.match(GENERATED);
    expect(readFileSync(DOCUMENT, 'utf8')).to.equal(upToDate);
  });
});

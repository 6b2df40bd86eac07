import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeWorkedOrders } from './worked-orders.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/money.md');
const GENERATED = /(?<=<!-- made by a running server .*-->\n)[^]*(?=<!-- end -->)/;

describe('docs/money.md', function () {
  // A server, four merchants and a dozen deliveries.
  this.timeout(60_000);

  it('quotes what the server says of its worked orders; WRITE_DOCS=1 writes it anew', async () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const orders = await writeWorkedOrders();
    const upToDate = text.replace(GENERATED, () => orders);
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(DOCUMENT, upToDate);

    expect(text).to.match(GENERATED);
    expect(readFileSync(DOCUMENT, 'utf8')).to.equal(upToDate);
  });
});

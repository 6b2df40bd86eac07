import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { translateRestOrder } from '../../../server/connectors/woocommerce/index.ts';
import { signedEvent } from '../../../server/flow/ingest/signed-event.schema.ts';
import { translateSignedEvent } from '../../../server/flow/ingest/translate-signed-event.ts';
import { exponentOf } from '../../../server/shared/currencies.ts';
import type { Delivery } from '../../../server/shared/delivery.ts';
import { describeWhen, phpAvailable, sharedAvailable, sharedFixtures } from '../../support/requires.ts';

const PLUGIN = resolve(import.meta.dirname, '../../../plugins/woocommerce');

function php(args: string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync('php', args, { cwd: PLUGIN, encoding: 'utf8', input });
  expect(status, stdout + stderr).to.equal(0);
  return stdout;
}

interface RecordedOrder {
  name: string;
  order: any;
  refunds: unknown[];
}

/** Every order of the recordings as REST gave it, with the refunds that were recorded at the same moment. */
function recordedOrders(): RecordedOrder[] {
  const folder = join(sharedFixtures() ?? '', 'woocommerce');
  if (!existsSync(folder)) return [];
  const scenarios = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return scenarios.flatMap(({ name: scenario }) => {
    const files = readdirSync(join(folder, scenario));
    return files
      .filter((file) => /^rest-order(-.*)?\.json$/.test(file))
      .map((file) => {
        const read = (name: string): any => JSON.parse(readFileSync(join(folder, scenario, name), 'utf8'));
        const refunds = file.replace('rest-order', 'rest-refunds');
        return {
          name: `${scenario}/${file}`,
          order: read(file),
          refunds: files.includes(refunds) ? read(refunds) : [],
        };
      });
  });
}

function factsOf(delivery: Delivery) {
  if (delivery.kind !== 'order') return delivery.kind;
  return { snapshot: delivery.snapshot, evidence: delivery.evidence };
}

describeWhen(
  phpAvailable() === true ? sharedAvailable() : phpAvailable(),
  'an order as the plugin tells it means what the same order means when it is read by REST (S6)',
  () => {
    for (const { name, order, refunds } of recordedOrders()) {
      it(name, () => {
        const event = signedEvent.parse(
          JSON.parse(php(['tests/build-event.php'], JSON.stringify({ order, refunds }))),
        );
        const told = factsOf(translateSignedEvent(event));
        const read = factsOf(translateRestOrder(order, refunds));
        expect(told).to.deep.equal(read);
      });
    }

    it('the recordings hold refunds by line, by amount, and of all the rest', () => {
      const lines = recordedOrders().flatMap(({ refunds }) => refunds as { line_items: unknown[] }[]);
      expect(lines.some(({ line_items: items }) => items.length > 0)).to.equal(true);
      expect(lines.some(({ line_items: items }) => items.length === 0)).to.equal(true);
    });
  },
);

describeWhen(phpAvailable(), 'the plugin writes amounts with the decimals that the server reads', () => {
  it('for every currency', () => {
    const codes = Intl.supportedValuesOf('currency');
    const script =
      'require "tests/bootstrap.php";' +
      'foreach (json_decode(stream_get_contents(STDIN)) as $c) $d[$c] = Refledger\\CurrencyDecimals::of($c);' +
      'echo json_encode($d);';
    const decimals = JSON.parse(php(['-r', script], JSON.stringify(codes))) as Record<string, number>;
    expect(decimals).to.deep.equal(Object.fromEntries(codes.map((code) => [code, exponentOf(code)])));
  });
});

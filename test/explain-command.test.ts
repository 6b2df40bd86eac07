import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runExplainCommand } from '../server/explain-command.ts';
import { describeWhen, sharedAvailable, sharedFixtures } from './support/requires.ts';

const CLI = fileURLToPath(new URL('../server/refledger.mjs', import.meta.url));
const woo = join(sharedFixtures() ?? '', 'woocommerce');
const shopify = join(sharedFixtures() ?? '', 'shopify');
const REFUNDS = join(woo, '06-partial-refund-by-line-then-amount-then-full');

/** The command as a process of its own; slow to start, so only for what the process adds. */
function explainInShell(...args: string[]) {
  return spawnSync(process.execPath, [CLI, 'explain', ...args], { encoding: 'utf8', timeout: 30_000 });
}

function explain(...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const output = {
    out: (text: string) => (said.stdout += text),
    err: (text: string) => (said.stderr += text),
  };
  const status = runExplainCommand(args, output, new Date('2026-11-22T00:00:00Z'));
  return { ...said, status };
}

/** Base and commission of every line, then of the order, from `--json`. */
function figures(platform: string, ratePpm: number, files: string[]): number[][] {
  const { status, stdout, stderr } = explain(
    '--platform',
    platform,
    '--rate',
    `${ratePpm}`,
    '--json',
    ...files,
  );
  expect(status, stderr).to.equal(0);
  const { lines, base, commission } = JSON.parse(stdout);
  return [...lines.map((line: any) => [line.base, line.commission]), [base, commission]];
}

describeWhen(
  sharedAvailable(),
  'refledger explain, E9: refunds by line, by amount and of the rest',
  function () {
    this.timeout(120_000);
    const order = join(REFUNDS, 'rest-order-0.json');
    const refund = (number: number) => join(REFUNDS, `refund-${number}-response.json`);
    const after = (step: string) => [
      join(REFUNDS, `rest-order-${step}.json`),
      join(REFUNDS, `rest-refunds-${step}.json`),
    ];

    // 12.5 % of 53.99 is 6.75, of 11.70 is 1.46; of 35.99 is 4.50; 5.00 x 47.69 / 51.74 = 4.61, of which 3.48 and
    // 1.13: 12.5 % of 32.51 is 4.06, of 10.57 is 1.32.
    const steps: [string, number, number[][]][] = [
    ['the order', 0, [[5399, 675], [1170, 146], [6569, 821]]],
    ['one shirt back', 1, [[3599, 450], [1170, 146], [4769, 596]]],
    ['5.00 as an amount', 2, [[3251, 406], [1057, 132], [4308, 538]]],
    ['the rest', 3, [[0, 0], [0, 0], [0, 0]]],
  ]; // prettier-ignore
    for (const [what, count, expected] of steps) {
      it(`after ${what}, each refund a file of its own: base ${expected[2]![0]}, commission ${expected[2]![1]}`, () => {
        const refunds = [1, 2, 3].slice(0, count).map(refund);
        expect(figures('woocommerce', 125_000, [order, ...refunds])).to.deep.equal(expected);
      });
    }

    it('has the same figures from an order that tells only totals and the list of its refunds', () => {
      expect(figures('woocommerce', 125_000, after('2-amount'))).to.deep.equal(steps[2]![2]);
      expect(figures('woocommerce', 125_000, [...after('1-line'), ...after('3-full')])).to.deep.equal(
        steps[3]![2],
      );
    });

    it('does not go back when an older order comes last, nor twice when a refund comes twice', () => {
      const files = [...after('2-amount'), refund(1), order];
      expect(figures('woocommerce', 125_000, files)).to.deep.equal(steps[2]![2]);
    });

    it('answers as one JSON document on its output, and with exit code 2 when it cannot', () => {
      const args = ['--platform', 'woocommerce', '--rate', '125000', '--json'];
      const answered = explainInShell(...args, order, ...[1, 2, 3].map(refund));
      const { currency, lines, base, commission } = JSON.parse(answered.stdout);
      expect([answered.status, answered.stderr, currency, lines[0].id, base, commission]).to.deep.equal([
      0, '', 'USD', '122', 0, 0,
    ]); // prettier-ignore
      const refused = explainInShell(...args, 'nowhere.json');
      expect([refused.status, refused.stdout]).to.deep.equal([2, '']);
      expect(refused.stderr).to.contain('nowhere.json');
    });

    it('says what it does not know when only the total of a refund was told (S6)', () => {
      const [file] = after('1-line') as [string];
      const { stdout } = explain('--platform', 'woocommerce', '--rate', '125000', '--json', file);
      const told = JSON.parse(stdout);
      expect([told.base, told.needsRead]).to.deep.equal([6569, true]);
      expect(told.notes.join()).to.contain('refund 58');
    });

    it('tells the whole way in words (S16)', () => {
      const { stdout } = explain('--platform', 'woocommerce', '--rate', '125000', order, refund(1));
      expect(stdout)
        .to.contain('3 x T-Shirt: 60.00 USD - 6.01 USD discount - 18.00 USD refunded = base 35.99 USD')
        .and.to.contain('12.5 % of 35.99 USD is 4.50 USD')
        .and.to.contain('Difference: 5.96 USD - 8.21 USD before = -2.25 USD.');
    });
  },
);

describeWhen(sharedAvailable(), 'refledger explain on other recorded orders', () => {
  const one = (file: string) => [join(woo, file)];
  const cases: [string, string, number, string[], number[]][] = [
    // 15.12 + 29.48 = 44.60 without 19 % tax; 20 % is 3.02 + 5.90
    ['WooCommerce, prices with tax', 'woocommerce', 200_000, one('12-eur-prices-include-tax/rest-order.json'), [4460, 892]],
    // 5397 - 1799 = 3598; 10 % is 360
    ['WooCommerce, yen, one given back', 'woocommerce', 100_000, [
      join(woo, '13-jpy-zero-decimals/rest-order-1-refunded.json'),
      join(woo, '13-jpy-zero-decimals/refund-response.json'),
    ], [3598, 360]],
    ['WooCommerce, cancelled', 'woocommerce', 200_000, one('07-cancelled-failed/rest-order-cancelled.json'), [4000, 0]],
    // 99.00 - 5.00 + 100.00 + 100.00; shipping of 10.00 is outside
    ['Shopify, an automatic discount', 'shopify', 200_000, [join(shopify, '30_orders-create_HKD_automatic-discount.json')], [29_400, 5880]],
    // 99.00 - 8.20 = 90.80, twice 100.00 - 3.40 = 96.60; 12.5 % is 11.35 + 12.08 + 12.08
    ['Shopify, a draft with two discounts', 'shopify', 125_000, [join(shopify, '31_orders-create_HKD_draft-manual-code-fixed.json')], [28_400, 3551]],
    ['Shopify, a test order', 'shopify', 200_000, [join(shopify, '37_orders-paid_USD_test-order_2018.json')], [29_900, 0]],
    // 195.66 of 195.66, 195.66 of 195.67 given back: 195.67 and 0.01 stay; the refund alone is known already
    ['Shopify, two of three given back', 'shopify', 200_000, [
      join(shopify, '20_order_official_partially_refunded_code_note_attributes.json'),
      join(shopify, '26_refund_official_legacy_restock.json'),
    ], [19_568, 3913]],
  ]; // prettier-ignore
  for (const [what, platform, ratePpm, files, expected] of cases) {
    it(`${what}: base ${expected[0]}, commission ${expected[1]}`, () => {
      const all = figures(platform, ratePpm, files);
      expect(all.at(-1)).to.deep.equal(expected);
    });
  }
});

describeWhen(sharedAvailable(), 'refledger explain that cannot be answered', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'explain-'))));
  after(() => rmSync(folder, { recursive: true }));

  const order = join(REFUNDS, 'rest-order-0.json');
  function changed(name: string, change: object): string {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(order, 'utf8')), ...change }));
    return file;
  }

  const cases: [string, () => string[], string][] = [
    ['a platform that does not exist', () => ['--platform', 'ebay', '--rate', '1', order], '--platform is shopify or woocommerce'],
    ['a rate in per cent', () => ['--platform', 'woocommerce', '--rate', '12.5', order], 'parts per million'],
    ['a rate above the whole', () => ['--platform', 'woocommerce', '--rate', '1000001', order], 'parts per million'],
    ['no file', () => ['--platform', 'woocommerce', '--rate', '1'], 'Name the file of an order'],
    ['an option that does not exist', () => ['--platform', 'woocommerce', '--rate', '1', '--csv', order], '--csv'],
    ['a file that is not there', () => ['--platform', 'woocommerce', '--rate', '1', 'nowhere.json'], 'nowhere.json: cannot be read (ENOENT)'],
    ['a file that is no order', () => ['--platform', 'woocommerce', '--rate', '1', join(woo, '17-coupon-lifecycle/rest-coupon-created.json')], 'not an order or a refund'],
    ['a file that is no JSON', () => ['--platform', 'woocommerce', '--rate', '1', join(woo, 'INDEX.md')], 'not JSON'],
    ['the other platform', () => ['--platform', 'shopify', '--rate', '1', order], 'try --platform woocommerce'],
    ['a refund alone', () => ['--platform', 'woocommerce', '--rate', '1', join(REFUNDS, 'refund-1-response.json')], 'no order among the files'],
    ['a draft alone', () => ['--platform', 'woocommerce', '--rate', '1', join(woo, '22-abandoned-block-checkout-draft/rest-order.json')], 'only a draft'],
    ['two orders', () => ['--platform', 'woocommerce', '--rate', '1', order, changed('other.json', { id: 58 })], 'One order at a time'],
    ['a refund of another order', () => ['--platform', 'woocommerce', '--rate', '1', order, join(woo, '13-jpy-zero-decimals/refund-response.json')], 'belongs to order 68, not to order 57'],
    ['another currency', () => ['--platform', 'woocommerce', '--rate', '1', order, changed('euro.json', { currency: 'EUR' })], 'The currency changes'],
  ]; // prettier-ignore
  for (const [what, args, message] of cases) {
    it(`is refused with exit code 2 and says what to do: ${what}`, () => {
      const { status, stdout, stderr } = explain(...args());
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(message).and.not.to.contain('    at ');
    });
  }
});

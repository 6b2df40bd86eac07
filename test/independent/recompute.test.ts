import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { anOrder } from '../support/an-order.ts';
import { asJson, aSale, flat, percent, postAll, rules } from '../support/receipts.ts';
import { findDisagreements } from './recompute.mjs';

const SCRIPT = fileURLToPath(new URL('recompute.mjs', import.meta.url));

const tea = { price: '19.99', quantity: 3, discount: '6.00', productId: 'tea', categoryIds: ['leaf'] };
const goods = anOrder()
  .line({ ...tea, tax: '10.79' })
  .line({ price: '7.50', tax: '1.50', productId: 'cup' });
const twoRefunds = goods
  .paid()
  .refund({ lines: { 'line-1': { net: '17.99', tax: '3.60' } } })
  .refund({ amountOnly: '5.00' });
const percentages = rules([percent(200_000), percent(250_000, { affiliateId: 'anna' }, 'own')]);

/** Receipts of every kind, the last posting of each story; the names are the circumstances. */
const STORIES: Record<string, () => any> = {
  'two percentages': () => last(postAll([goods.build()], aSale(percentages))),
  'a coupon sale in the order of the merchant': () =>
    last(
      postAll(
        [goods.build()],
        aSale(
          rules([percent(200_000), percent(100_000, { coupon: true }), percent(50_000, { productId: 'tea' })], {
            order: [
              'product', 'code', 'affiliate-coupon', 'group-coupon', 'programme-coupon', 'affiliate-product',
              'affiliate-category', 'category', 'affiliate', 'group', 'programme',
            ],
          }),
          { ownCodes: ['anna10'] },
        ),
      ),
    ), // prettier-ignore
  'refunds by line and by amount, two postings': () =>
    last(postAll([goods.build(), twoRefunds.build()], aSale(percentages))),
  'a refund that failed': () =>
    last(postAll([goods.refund({ amountOnly: '5.00', made: false }).build()], aSale(percentages))),
  'a negative fee and removed units': () =>
    last(
      postAll(
        [
          anOrder()
            .line({ ...tea, removedUnits: 1, tax: '10.79' })
            .line({ price: '7.50' })
            .fee('-4.01', '-0.80')
            .build(),
        ],
        aSale(percentages),
      ),
    ),
  'contained tax, reported and from its rate': () =>
    last(
      postAll(
        [
          anOrder()
            .line({ ...tea, tax: '8.99', taxIncluded: true })
            .line({ price: '120.01', taxIncluded: true, containedTaxPpm: 190_000 })
            .build(),
        ],
        aSale(percentages),
      ),
    ),
  'shipping and fees in the base, partly refunded': () =>
    last(
      postAll(
        [
          goods.shipping('7.50', '1.50').fee('2.00', '0.40').build(),
          goods
            .shipping('7.50', '1.50')
            .fee('2.00', '0.40')
            .refund({ shipping: '4.50', fees: { 'fee-1': { net: '1.00', tax: '0.20' } } })
            .refund({ amountOnly: '3.00' })
            .refund({ shipping: '1.20', shippingTax: '0.20' })
            .build(),
        ],
        aSale(rules([percent(125_000)], { include: ['shipping', 'fees'] })),
      ),
    ),
  'an excluded product, an excluded category and a gift card': () =>
    last(
      postAll(
        [
          goods
            .line({ price: '50.00', giftCard: true })
            .line({ price: '9.00', categoryIds: ['sale'] })
            .build(),
        ],
        aSale(rules([percent(200_000)], { exclude: { productIds: ['cup'], categoryIds: ['sale'] } })),
      ),
    ),
  'flat per unit, and per order for the rest': () =>
    last(
      postAll(
        [goods.build(), twoRefunds.build()],
        aSale(
          rules([
            flat('unit', { EUR: 50 }, { productId: 'tea' }),
            flat('order', { EUR: 500, JPY: 500 }),
            percent(100_000, { affiliateId: 'anna', productId: 'cup' }, 'cups'),
          ]),
        ),
      ),
    ),
  'flat per order for two lines': () =>
    last(postAll([goods.build()], aSale(rules([flat('order', { EUR: 500 })])))),
  'flat per line, one line given back, a rule without the currency': () =>
    last(
      postAll(
        [goods.build(), goods.refund({ lines: { 'line-2': { net: '7.50', tax: '1.50' } } }).build()],
        aSale(
          rules([flat('line', { EUR: 120 }), flat('order', { JPY: 500 }, { affiliateId: 'anna' }, 'yen')]),
        ),
      ),
    ),
  'a cancelled order': () => last(postAll([goods.build(), goods.cancelled().build()], aSale(percentages))),
  'a lost charge-back': () =>
    last(postAll([goods.build(), goods.chargeback('lost').build()], aSale(percentages))),
  'another affiliate who is credited now': () =>
    asJson(
      postAll([goods.build(), goods.build()], (version) =>
        version === 1 ? aSale(percentages) : aSale(percentages, { winner: null, shares: [], decision: 2 }),
      )[1]!,
    ),
  'a commission that is split': () =>
    last(
      postAll(
        [goods.build(), twoRefunds.build()],
        aSale(percentages, { shares: [share(666_667), share(333_333, 'ben')] }),
      ),
    ),
  'a commission that a person rejected': () =>
    last(
      postAll([goods.build(), goods.build()], aSale(percentages), (known, version) =>
        version === 1
          ? known
          : { ...known, rejections: [{ ...ANNAS_SERIES, at: new Date(0), by: 'me', reason: 'no' }] },
      ),
    ),
  'a difference that commissions of two states bear': () =>
    last(
      postAll(
        [goods.build(), goods.line({ price: '30.00' }).build(), twoRefunds.build()],
        aSale(percentages),
        (known, version) =>
          version === 2
            ? { ...known, postings: known.postings.map((each) => ({ ...each, state: 'paid' as const })) }
            : known,
      ),
    ),
};

const ANNAS_SERIES = { affiliateId: 'anna', programId: 'partners', currency: 'EUR' };
const share = (sharePpm: number, affiliateId = 'anna') => ({
  affiliateId,
  programId: 'partners',
  affiliateName: affiliateId,
  class: 'link',
  sharePpm,
});

const last = (postings: ReturnType<typeof postAll>): any => asJson(postings.at(-1)!);

type Leaf = { path: (string | number)[]; value: unknown };

function leavesOf(value: unknown, path: (string | number)[] = []): Leaf[] {
  if (value === null || typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** Every other value that a leaf is tried with. */
function others({ value }: Leaf): unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  if (value === null) return ['something'];
  const text = value as string;
  const time = Date.parse(text);
  const moved = /^\d{4}-/.test(text)
    ? [new Date(time + 1).toISOString(), new Date(time - 1).toISOString()]
    : [];
  return [...moved, `${text}x`, ''];
}

function change(receipt: any, path: Leaf['path'], value: unknown): any {
  const copy = structuredClone(receipt);
  const owner = path.slice(0, -1).reduce((member, key) => member[key], copy);
  owner[path.at(-1)!] = value;
  return copy;
}

const nameOf = (path: Leaf['path']): string =>
  path.map((key) => (/^\d+$/.test(String(key)) ? '*' : key)).join('.');

describe('S16: a receipt is recomputed from itself alone', () => {
  for (const [name, make] of Object.entries(STORIES)) {
    it(`agrees: ${name}`, () => {
      expect(findDisagreements(make())).to.deep.equal([]);
    });

    it(`disagrees when any one field is another: ${name}`, () => {
      const receipt = make();
      for (const leaf of leavesOf(receipt)) {
        for (const value of others(leaf).filter((other) => other !== leaf.value)) {
          const said = findDisagreements(change(receipt, leaf.path, value));
          expect(said, `${leaf.path.join('.')} ${String(leaf.value)} -> ${String(value)}`).to.not.be.empty;
        }
      }
    });

    it(`disagrees without the hash too, when an amount of the result is another: ${name}`, () => {
      const receipt = make();
      const results = leavesOf(receipt).filter(({ path }) => RESULT.test(nameOf(path)));
      expect(results.length).to.be.greaterThan(3);
      for (const leaf of results) {
        for (const value of others(leaf)) {
          const said = findDisagreements(change(receipt, leaf.path, value), { withHash: false });
          expect(said, `${leaf.path.join('.')} ${String(leaf.value)} -> ${String(value)}`).to.not.be.empty;
        }
      }
    });
  }

  /** Amounts that follow from others. */
  const RESULT =
    /^(base|target|alreadyPosted|amount|earlier\.\*\.amount|orderCommissions\.\*\.(base|commission)|lines\.\*\.(containedTax|feeShare|removed|refunded|refundShare|base|commission))\.amount$|^lines\.\*\.units$/;

  it('reaches every platform amount in the base by arithmetic, hash or no hash', () => {
    const INPUT =
      /^lines\.\*\.(listed|discount)\.amount$|^order\.refunds\.\*\.(amountOnly|lines\.\*\.net)\.amount$/;
    const receipt = STORIES['refunds by line and by amount, two postings']!();
    const inputs = leavesOf(receipt).filter(({ path, value }) => INPUT.test(nameOf(path)) && value !== 0);
    expect(inputs.length).to.equal(5);
    for (const leaf of inputs) {
      const moved = change(receipt, leaf.path, Number(leaf.value) + 10);
      expect(findDisagreements(moved, { withHash: false }), leaf.path.join('.')).to.not.be.empty;
    }
  });
});

describe('recompute.mjs as a command', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'receipts-'))));
  after(() => rmSync(folder, { recursive: true }));

  const run = (name: string, content: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, file], { encoding: 'utf8' });
    return { status, stdout };
  };

  it('says that a receipt agrees, as the API answers it, and exits with 0', () => {
    const receipt = STORIES['two percentages']!();
    const { status, stdout } = run('right.json', { receipt, words: [] });
    expect([status, stdout]).to.deep.equal([
      0,
      `${join(folder, 'right.json')}: order #1001, version 1: agrees\n`,
    ]);
  });

  it('names what disagrees, and exits with 1', () => {
    const receipt = STORIES['two percentages']!();
    receipt.lines[0].commission.amount += 1;
    const { status, stdout } = run('wrong.json', [receipt]);
    expect(status).to.equal(1);
    expect(stdout).to.contain('line line-1, commission: the receipt says 1350, recomputed 1349');
  });
});

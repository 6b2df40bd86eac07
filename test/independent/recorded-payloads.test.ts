import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseBody } from '../../server/connectors/shopify/index.ts';
import { translateOrder as translateShopifyOrder } from '../../server/connectors/shopify/translate-order.ts';
import { orderSchema } from '../../server/connectors/shopify/order.schema.ts';
import { translateRestOrder } from '../../server/connectors/woocommerce/index.ts';
import type { OrderSnapshot } from '../../server/shared/order.ts';
import { describeWhen, sharedAvailable, sharedFixtures } from '../support/requires.ts';
import { asJson, aSale, flat, percent, postAll, rules } from '../support/receipts.ts';
import { findDisagreements } from './recompute.mjs';

const root = sharedFixtures() ?? '';
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** Every recorded order as its store described it, scenario by scenario, in the order of the recording. */
function recordedOrders(): [string, OrderSnapshot[]][] {
  const shopify = readdirSync(join(root, 'shopify'))
    .filter((name) => name.endsWith('.json'))
    .flatMap((file): [string, OrderSnapshot[]][] => {
      const parsed = orderSchema.safeParse(parseBody(readFileSync(join(root, 'shopify', file))));
      return parsed.success ? [[file, [translateShopifyOrder(parsed.data)]]] : [];
    });
  const scenarios = readdirSync(join(root, 'woocommerce'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): [string, OrderSnapshot[]] => [name, restOrders(`woocommerce/${name}`)]);
  return [...shopify, ...scenarios.filter(([, snapshots]) => snapshots.length > 0)];
}

function restOrders(folder: string): OrderSnapshot[] {
  const files = readdirSync(join(root, folder)).sort();
  return files
    .filter((file) => /^rest-(order(-.*)?|get-after-trash)\.json$/.test(file))
    .flatMap((file) => {
      const refunds = file.replace('rest-order', 'rest-refunds');
      const details = refunds !== file && files.includes(refunds) ? read(`${folder}/${refunds}`) : [];
      const delivery = translateRestOrder(read(`${folder}/${file}`), details);
      return delivery.kind === 'order' ? [delivery.snapshot] : [];
    });
}

const PROGRAMMES = {
  '20 % by link': aSale(rules([percent(200_000)])),
  '12.5 %': aSale(rules([percent(125_000)])),
  '12.5 % with shipping and fees': aSale(rules([percent(125_000)], { include: ['shipping', 'fees'] })),
  'flat per unit': aSale(rules([flat('unit', { USD: 50, JPY: 60, CAD: 70 }), flat('order', { EUR: 100 })])),
};

describeWhen(sharedAvailable(), 'S16: the receipts of every recorded order', () => {
  const recorded = sharedFixtures() ? recordedOrders() : [];

  it('are those of 13 orders of Shopify and 12 scenarios of WooCommerce', () => {
    expect(recorded.length).to.equal(25);
  });

  for (const [programme, sale] of Object.entries(PROGRAMMES)) {
    it(`agree with their recomputation: ${programme}`, () => {
      for (const [name, snapshots] of recorded) {
        const postings = postAll(snapshots, sale);
        expect(postings, name).to.not.be.empty;
        for (const posting of postings) expect(findDisagreements(asJson(posting)), name).to.deep.equal([]);
      }
    });
  }
});

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isCreationPing } from '../../../server/connectors/woocommerce/is-creation-ping.ts';
import { parseBody } from '../../../server/connectors/woocommerce/parse-body.ts';
import { translateDelivery } from '../../../server/connectors/woocommerce/translate-delivery.ts';
import { verifyWebhook } from '../../../server/connectors/woocommerce/verify-webhook.ts';
import { computeNetBase } from '../../../server/flow/commissions/index.ts';
import type { Delivery } from '../../../server/shared/delivery.ts';
import { parseMinorUnits } from '../../../server/shared/minor-units.ts';
import { sum } from '../../../server/shared/money.ts';
import type { Refund } from '../../../server/shared/order.ts';
import { describeWhen, sharedAvailable, sharedFixtures } from '../../support/requires.ts';
import { catchRefusal } from '../catch-refusal.ts';
import { restSnapshot } from './translated.ts';

const SECRET = 'whsec_stand';
const folder = join(sharedFixtures() ?? '', 'woocommerce');
const files = (sharedFixtures() ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).sort();
const webhooks = files
  .filter((file) => file.endsWith('.headers.json') && !file.startsWith('00-ping'))
  .map((file) => file.replace('.headers.json', '.json'));
const restOrders = files.filter((file) => /rest-(order|get-after-trash)\b.*\.json$/.test(file));
const REFUNDS = '06-partial-refund-by-line-then-amount-then-full';
const RELOADED = [
  ['06-partial-refund-by-line-then-amount-then-full', '1-line'],
  ['06-partial-refund-by-line-then-amount-then-full', '2-amount'],
  ['06-partial-refund-by-line-then-amount-then-full', '3-full'],
  ['13-jpy-zero-decimals', '1-refunded'],
] as const;

const raw = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

function headersOf(file: string): Record<string, string | undefined> {
  return raw(file.replace(/\.(json|txt)$/, '.headers.json')).headers;
}

function receive(file: string): Delivery {
  const bytes = readFileSync(join(folder, file));
  const headers = headersOf(file);
  verifyWebhook(bytes, headers['x-wc-webhook-signature'], [SECRET]);
  return translateDelivery(headers['x-wc-webhook-topic'] ?? '', parseBody(bytes));
}

/** What WooCommerce's own total is made of, from the translated lines and fees and the raw shipping. */
function totalOf(body: ReturnType<typeof raw>, { snapshot }: Extract<Delivery, { kind: 'order' }>): bigint {
  const read = (text: string) => parseMinorUnits(text, snapshot.currency);
  const goods = snapshot.lines.map(({ listed, discount, tax }) => listed - discount + tax);
  const fees = snapshot.fees.map(({ net, tax }) => net + tax);
  return sum([...goods, ...fees, read(body.shipping_total), read(body.shipping_tax)]);
}

function totalRefunded({ lines, amountOnly, shipping }: Refund): bigint {
  return sum(lines.map(({ net, tax }) => net + tax)) + amountOnly + shipping;
}

describeWhen(sharedAvailable(), 'The recorded webhooks of WooCommerce', () => {
  for (const file of webhooks) {
    it(`${file}: genuine, and nothing is lost`, () => {
      const body = raw(file);
      const delivery = receive(file);
      if (delivery.kind !== 'order') return;
      const { lines, refunds, currency } = delivery.snapshot;
      expect(lines.map(({ id }) => Number(id))).to.deep.equal(
        body.line_items.map(({ id }: { id: number }) => id),
      );
      expect(delivery.evidence.filter(({ kind }) => kind === 'coupon')).to.have.length(
        body.coupon_lines.length,
      );
      expect(totalOf(body, delivery)).to.equal(parseMinorUnits(body.total, currency));
      expect(refunds.map((refund) => [refund.id, -totalRefunded(refund)])).to.have.deep.members(
        body.refunds.map(({ id, total }: { id: number; total: string }) => [
          String(id),
          parseMinorUnits(total, currency),
        ]),
      );
    });
  }

  it('are all there: 36 orders, 5 requests to read, 7 of no consequence', () => {
    const kinds = webhooks.map((file) => receive(file).kind);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count('order'), count('read-request'), count('nothing')]).to.deep.equal([36, 5, 7]);
  });

  it('00-ping: the ping is known by its form and its missing signature', () => {
    const bytes = readFileSync(join(folder, '00-ping/webhook-01-ping.txt'));
    expect(
      isCreationPing(headersOf('00-ping/webhook-01-ping.txt')['x-wc-webhook-signature'], bytes),
    ).to.equal(true);
  });

  it('are refused with one byte changed, anywhere', () => {
    const file = `${REFUNDS}/webhook-07-order.updated.json`;
    const bytes = readFileSync(join(folder, file));
    const signature = headersOf(file)['x-wc-webhook-signature'];
    for (const place of [0, 100, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(catchRefusal(() => verifyWebhook(changed, signature, [SECRET])).code).to.equal('bad-signature');
    }
  });

  it('are refused when somebody parsed the JSON and wrote it again', () => {
    const file = '02-classic-guest-coupon-percent/webhook-01-order.created.json';
    const again = Buffer.from(JSON.stringify(raw(file)));
    const signature = headersOf(file)['x-wc-webhook-signature'];
    expect(catchRefusal(() => verifyWebhook(again, signature, [SECRET])).code).to.equal('bad-signature');
  });

  it('tell the code of the first page where our snippet was not there (15, 16)', () => {
    for (const file of [
      '15-attribution-classic/webhook-01-order.created.json',
      '16-attribution-blocks/webhook-02-order.created.json',
    ]) {
      const delivery = receive(file);
      expect(delivery.kind === 'order' && delivery.evidence).to.deep.equal([
        { kind: 'code', code: 'ANNA', carrier: 'landing page', statedAt: null },
      ]);
    }
  });

  it('say no to the draft of an abandoned checkout and to a webhook without rights (21, 22)', () => {
    expect(receive('22-abandoned-block-checkout-draft/webhook-01-order.updated.json').kind).to.equal(
      'nothing',
    );
    expect(receive('21-webhook-owner-lost-permission/webhook-01-order.created.json').kind).to.equal(
      'nothing',
    );
  });
});

describeWhen(sharedAvailable(), 'The recorded REST answers of WooCommerce', () => {
  for (const file of restOrders.filter((name) => !name.startsWith('22-') && !name.includes('orders-list'))) {
    it(`${file}: every line and every refund arrives`, () => {
      const body = raw(file);
      const { lines, refunds } = restSnapshot(body, []);
      expect(lines).to.have.length(body.line_items.length);
      expect(refunds).to.have.length(body.refunds.length);
    });
  }

  it('23: every order of a list arrives', () => {
    const list = raw('23-rest-refunds-list/rest-orders-list-modified-after.json');
    const numbers = list.map((order: { number: string }) => restSnapshot(order, []).number);
    expect(numbers).to.deep.equal(list.map((order: { id: number }) => String(order.id)));
  });

  it('08: an order in the trash is removed', () => {
    expect(
      restSnapshot(raw('08-deleted-trash-restore-force/rest-get-after-trash.json'), []).removed,
    ).to.equal(true);
  });

  for (const [scenario, step] of RELOADED) {
    it(`${scenario}, ${step}: each refund is worth its amount`, () => {
      const order = raw(`${scenario}/rest-order-${step}.json`);
      const details = raw(`${scenario}/rest-refunds-${step}.json`);
      const snapshot = restSnapshot(order, details);
      expect(snapshot.refunds.map((refund) => [refund.id, totalRefunded(refund)])).to.have.deep.members(
        details.map(({ id, amount }: { id: number; amount: string }) => [
          String(id),
          parseMinorUnits(amount, snapshot.currency),
        ]),
      );
      expect(snapshot.refunds.some(({ totalOnly }) => totalOnly)).to.equal(false);
    });
  }

  it('23: the refund of 1.234 KWD keeps its third decimal', () => {
    const refunds = raw('23-rest-refunds-list/rest-refunds-collection-dp3.json');
    const kwd = refunds.filter(({ id }: { id: number }) => id === 71);
    const order = { ...raw('02-classic-guest-coupon-percent/rest-order.json'), currency: 'KWD' };
    expect(restSnapshot(order, kwd).refunds[0]?.amountOnly).to.equal(1234n);
  });
});

describeWhen(sharedAvailable(), 'E9: a line refund, then an amount of 5.00, then the rest', () => {
  for (const [step, refunds, base] of [
    ['0', null, 6569n],
    ['1-line', '1-line', 4769n],
    ['2-amount', '2-amount', 4308n],
    ['3-full', '3-full', 0n],
  ] as const) {
    it(`rest-order-${step} has a net base of ${base} cents`, () => {
      const details = refunds ? raw(`${REFUNDS}/rest-refunds-${refunds}.json`) : [];
      expect(computeNetBase(restSnapshot(raw(`${REFUNDS}/rest-order-${step}.json`), details)).total).to.equal(
        base,
      );
    });
  }
});

import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'lossless-json';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';
import { describeWhen, sharedAvailable, sharedFixtures } from '../support/requires.ts';

const fixtures = sharedFixtures() ?? '';
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft']);
const hmac = (raw: Buffer, secret: string): string =>
  createHmac('sha256', secret).update(raw).digest('base64');

interface Recorded {
  file: string;
  topic: string;
  raw: Buffer;
}

function wooCommerceRecordings(): Recorded[] {
  const root = join(fixtures, 'woocommerce');
  const scenarios = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return scenarios.flatMap(({ name }) => {
    const files = readdirSync(join(root, name)).filter(
      (file) => /^webhook-.*\d-.*\.json$/.test(file) && !file.endsWith('.headers.json'),
    );
    return files.sort().map((file) => {
      const { headers } = JSON.parse(
        readFileSync(join(root, name, file.replace('.json', '.headers.json')), 'utf8'),
      );
      return {
        file: `${name}/${file}`,
        topic: headers['x-wc-webhook-topic'],
        raw: readFileSync(join(root, name, file)),
      };
    });
  });
}

/** The topic that Shopify sends each recorded body under; those that are not webhook bodies are left out. */
function shopifyTopic(file: string): string | undefined {
  if (/graphql|pixel/.test(file)) return undefined;
  const recorded =
    /^\d+_(orders|refunds|order_transactions|customers|shop)-(create|paid|cancelled|updated|redact|data_request)/.exec(
      file,
    );
  if (recorded) return `${recorded[1]}/${recorded[2]}`;
  if (file.includes('order_official')) return 'orders/updated';
  return file.includes('refund_official') ? 'refunds/create' : undefined;
}

function shopifyRecordings(): Recorded[] {
  const root = join(fixtures, 'shopify');
  return readdirSync(root)
    .filter((file) => file.endsWith('.json') && file !== 'expected-refunds.json')
    .sort()
    .flatMap((file) => {
      const topic = shopifyTopic(file);
      return topic === undefined ? [] : [{ file, topic, raw: readFileSync(join(root, file)) }];
    });
}

describeWhen(
  sharedAvailable(),
  'recorded payloads of real stores, through ingest to the ledger',
  function () {
    this.timeout(60_000);
    let at: TestServer;
    let shop: Shop;

    beforeEach(async () => {
      at = await startServer(new Date('2026-11-21T08:00:00Z'));
      shop = await openShop(at);
    });
    afterEach(() => at.stop());

    async function orders(): Promise<any[]> {
      return (await shop.api('GET', '/api/v1/orders?limit=200')).body.items;
    }

    describe('WooCommerce', () => {
      const recordings = sharedAvailable() === true ? wooCommerceRecordings() : [];
      const bodies = recordings.map(({ topic, raw }) => ({ topic, body: JSON.parse(raw.toString('utf8')) }));

      async function send({ topic, raw }: Recorded): Promise<{ status: number; body: any }> {
        const headers = {
          'x-wc-webhook-topic': topic,
          'x-wc-webhook-signature': hmac(raw, shop.stores.woocommerce.webhookSecret),
        };
        return call(
          at,
          'POST',
          `/hooks/v1/woocommerce/${shop.stores.woocommerce.id}`,
          raw.toString('utf8'),
          headers,
        );
      }

      it('are all answered with 200, and every order that is not a draft is there', async () => {
        expect(recordings.length).to.be.greaterThan(40);
        for (const recording of recordings) {
          const { status, body } = await send(recording);
          expect(status, `${recording.file} ${JSON.stringify(body)}`).to.equal(200);
        }
        await at.server.idle();
        const told = bodies.filter(
          ({ topic, body }) => topic.startsWith('order.') && body.status && !DRAFTS.has(body.status),
        );
        const expected = new Set(told.map(({ body }) => String(body.id)));
        const known = (await orders()).filter(({ parked }) => !parked);
        expect(new Set(known.map(({ externalId }) => externalId))).to.deep.equal(expected);
        expect(at.errors).to.deep.equal([]);
      });

      it('tell the newest state last, in whatever order they come', async () => {
        for (const recording of [...recordings].reverse()) await send(recording);
        await at.server.idle();
        for (const { externalId, id } of (await orders()).filter(({ parked }) => !parked)) {
          const told = bodies.filter(({ body }) => String(body.id) === externalId && body.date_modified_gmt);
          const newest = told
            .map(({ body }) => body.date_modified_gmt)
            .sort()
            .at(-1);
          const { items } = (await shop.api('GET', `/api/v1/orders/${id}/versions`)).body;
          expect(items.at(-1).updatedAt, externalId).to.equal(`${newest}.000Z`);
        }
      });
    });

    describe('Shopify', () => {
      const recordings = sharedAvailable() === true ? shopifyRecordings() : [];

      it('are all answered with 200, three times each, and every order is there once', async () => {
        expect(recordings.length).to.be.greaterThan(25);
        for (const { file, topic, raw } of [...recordings, ...recordings, ...recordings]) {
          const headers = {
            'x-shopify-topic': topic,
            'x-shopify-shop-domain': shop.stores.shopify.domain,
            'x-shopify-hmac-sha256': hmac(raw, shop.stores.shopify.webhookSecret),
          };
          const { status, body } = await call(at, 'POST', '/hooks/v1/shopify', raw.toString('utf8'), headers);
          expect(status, `${file} ${JSON.stringify(body)}`).to.equal(200);
        }
        await at.server.idle();
        const told = recordings.filter(({ topic }) => topic.startsWith('orders/'));
        const expected = new Set(told.map(({ raw }) => orderIdOf(raw)));
        const known = (await orders()).filter(({ parked }) => !parked);
        expect(new Set(known.map(({ externalId }) => externalId))).to.deep.equal(expected);
        expect(at.errors).to.deep.equal([]);
      });
    });
  },
);

/** The order's id as text, however large. */
function orderIdOf(raw: Buffer): string {
  return String((parse(raw.toString('utf8')) as { id: unknown }).id);
}

import { expect } from 'chai';
import type { Fact, OrderState, Settings } from './facts.ts';
import { InMemoryProduct } from './in-memory-product.ts';
import { ReferenceModel } from './reference-model.ts';
import { toTheCent } from './to-the-cent.ts';
import { World } from './world.ts';

const START = new World().now;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Story = [at: number, fact: Fact][];

const PLACED: OrderState = {
  ...{ currency: 'EUR', createdAt: START + HOUR, payment: 'unpaid', paidAt: null, cancelled: false },
  ...{ removed: false, test: false, fees: [], refunds: [] },
  lines: [
    {
      ...{ id: 'l', product: 'tea', categories: [], listed: 10_000n, discount: 0n, tax: 0n },
      ...{ taxIncluded: false, taxPpm: null, giftCard: false },
    },
  ],
};

const order = (number: number, facts: Partial<Extract<Fact, { kind: 'order' }>> = {}): Fact => ({
  ...{ kind: 'order', key: `k${number}`, order: 'o', channel: 'plugin', sequence: number },
  ...{ updatedAt: START + HOUR + number, state: PLACED, clues: [] },
  ...facts,
});

async function live(story: Story): Promise<{ product: string; model: string }> {
  const product = new InMemoryProduct();
  const model = new ReferenceModel();
  const beginning = new World().begin().map((fact): Story[number] => [START, fact]);
  for (const [at, fact] of [...beginning, ...story]) {
    await product.tell(fact, at);
    await product.settle();
    model.tell(fact, at);
  }
  return { product: toTheCent(product.outcome()), model: toTheCent(model.outcome()) };
}

describe('S3 a click on our clock a minute after the order on the clock of its shop', () => {
  const click: Fact = { kind: 'touch', touch: 'touch-1', visitor: 'v', affiliate: 'anna', class: 'link' };
  const withVisitor = { clues: [{ kind: 'visitor' as const, visitor: 'v' }] };

  const pixel = { kind: 'code' as const, affiliate: 'ben', carrier: 'pixel', statedAt: null };

  it('is credited when the order comes after it', async () => {
    const { product, model } = await live([
      [START + HOUR + MINUTE, click],
      [START + HOUR + 5 * MINUTE, order(1, withVisitor)],
    ]);
    expect(product).to.equal(model).and.to.contain('anna by link');
  });

  it('is credited when the order came before it, without any further word from the shop', async () => {
    const { product, model } = await live([
      [START + HOUR, order(1, withVisitor)],
      [START + HOUR + MINUTE, click],
      [START + HOUR + 5 * MINUTE, { kind: 'time' }],
    ]);
    expect(product).to.equal(model).and.to.contain('anna by link');
  });

  it('is credited as well when only the second word of the shop told who the visitor was', async () => {
    const { product, model } = await live([
      [START + HOUR, order(1)],
      [START + HOUR + MINUTE / 2, order(2, { clues: [...withVisitor.clues, pixel] })],
      [START + HOUR + MINUTE, click],
      [START + HOUR + 5 * MINUTE, { kind: 'time' }],
    ]);
    expect(product).to.equal(model).and.to.contain('anna by link');
  });

  it('is not credited when it came a moment after the two minutes by which clocks may differ', async () => {
    const { product, model } = await live([
      [START + HOUR, order(1, withVisitor)],
      [START + HOUR + 2 * MINUTE + 1, click],
      [START + HOUR + 5 * MINUTE, order(2, withVisitor)],
    ]);
    expect(product).to.equal(model).and.not.to.contain('anna');
  });
});

describe('S3 a programme whose settle time is longer than 48 hours', () => {
  const settings: Settings = {
    ...{ windowSeconds: 86_400, order: 'last', precedence: [['coupon'], ['link']], voidCodes: [] },
    ...{ settleHours: 96, holdDays: 30, approval: 'automatic' },
  };
  const code = { kind: 'code' as const, affiliate: 'anna', carrier: 'cart attribute', statedAt: null };
  const withCodeAfter = (hours: number): Story => [
    [START, { kind: 'settings', from: START, settings }],
    [START + HOUR, order(1)],
    [START + hours * HOUR, order(2, { clues: [code] })],
  ];

  it('takes evidence for an order that nothing pointed at before, until its end', async () => {
    for (const hours of [40, 72, 97]) {
      const { product, model } = await live(withCodeAfter(hours));
      expect(product, `${hours} h`).to.equal(model).and.to.contain('anna by link');
    }
  });

  it('takes none after its end', async () => {
    const { product, model } = await live(withCodeAfter(98));
    expect(product).to.equal(model).and.not.to.contain('anna');
  });
});

describe('S3 a decision that has looked at all evidence', () => {
  it('remembers until when it looked, so that a repeat of old news thaws nothing', async () => {
    const product = new InMemoryProduct();
    for (const fact of new World().begin()) await product.tell(fact, START);
    await product.tell(order(1, { clues: [{ kind: 'visitor', visitor: 'v' }] }), START + HOUR);
    await product.settle();
    const [attribution] = product.stores.documents.attributions.values();
    expect(attribution?.decisions).to.have.length(1);
    expect(attribution?.evidenceAt).to.deep.equal(new Date(START + HOUR));
  });
});

describe('S6 an order that was deleted while its commission was pending, and taken back at once', () => {
  it('has nothing that a person could confirm, also after the end of its hold', async () => {
    const product = new InMemoryProduct();
    const paid: OrderState = { ...PLACED, payment: 'paid', paidAt: START + HOUR };
    const code = { kind: 'code' as const, affiliate: 'anna', carrier: 'cart attribute', statedAt: null };
    const story: Story = [
      ...new World().begin().map((fact): Story[number] => [START, fact]),
      [START + HOUR, order(1, { state: paid, clues: [code] })],
      [START + 2 * HOUR, order(2, { state: { ...paid, removed: true }, clues: [code] })],
      [START + 40 * 24 * HOUR, { kind: 'time' }],
      [START + 41 * 24 * HOUR, { kind: 'assign', order: 'o', affiliate: 'ben' }],
    ];
    for (const [at, fact] of story) {
      await product.tell(fact, at);
      await product.settle();
    }
    const [commission] = product.stores.documents.commissions.values();
    expect(commission?.postings[0]?.state).to.equal('payable');
    expect(commission?.removalToConfirm).to.equal(null);
  });
});

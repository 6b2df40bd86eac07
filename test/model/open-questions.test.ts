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

/** Where the product does not do yet what the contract says. It turns red when it does: then make it an `it`. */
function stillDiffers(outcome: string, story: Story): void {
  it(`does not yet: ${outcome}`, async () => {
    const { product, model } = await live(story);
    expect(product, 'the product agrees with the contract now: hold it to that').not.to.equal(model);
  });
}

describe('S3 a click on our clock a minute after the order on the clock of its shop', () => {
  const click: Fact = { kind: 'touch', touch: 'touch-1', visitor: 'v', affiliate: 'anna', class: 'link' };
  const withVisitor = { clues: [{ kind: 'visitor' as const, visitor: 'v' }] };

  it('is credited when the order comes after it', async () => {
    const { product, model } = await live([
      [START + HOUR + MINUTE, click],
      [START + HOUR + 5 * MINUTE, order(1, withVisitor)],
    ]);
    expect(product).to.equal(model).and.to.contain('anna by link');
  });

  stillDiffers('is credited when the order came before it, because evidence that arrives is looked at', [
    [START + HOUR, order(1, withVisitor)],
    [START + HOUR + MINUTE, click],
  ]);
});

describe('S3 a programme whose settle time is longer than 48 hours', () => {
  const settings: Settings = {
    ...{ windowSeconds: 86_400, order: 'last', precedence: [['coupon'], ['link']], voidCodes: [] },
    ...{ settleHours: 96, holdDays: 30, approval: 'automatic' },
  };
  const code = { kind: 'code' as const, affiliate: 'anna', carrier: 'cart attribute', statedAt: null };
  const nothingAtFirst: Story = [
    [START, { kind: 'settings', from: START, settings }],
    [START + HOUR, order(1)],
  ];

  it('takes evidence that arrives within 48 hours', async () => {
    const { product, model } = await live([
      ...nothingAtFirst,
      [START + 40 * HOUR, order(2, { clues: [code] })],
    ]);
    expect(product).to.equal(model).and.to.contain('anna by link');
  });

  stillDiffers('takes evidence until its end for an order that nothing pointed at before', [
    ...nothingAtFirst,
    [START + 72 * HOUR, order(2, { clues: [code] })],
  ]);
});

describe('S3 a decision that has looked at all evidence', () => {
  it('does not remember yet until when it looked, so that nothing but the evidence keeps it frozen', async () => {
    const product = new InMemoryProduct();
    for (const fact of new World().begin()) await product.tell(fact, START);
    await product.tell(order(1, { clues: [{ kind: 'visitor', visitor: 'v' }] }), START + HOUR);
    await product.settle();
    const [attribution] = product.stores.documents.attributions.values();
    expect(attribution?.decisions).to.have.length(1);
    // Right would be START + HOUR, when the evidence was accepted (may-decide-again.ts, `lookedAtUntil`).
    expect(attribution?.evidenceAt).to.deep.equal(new Date(0));
  });
});

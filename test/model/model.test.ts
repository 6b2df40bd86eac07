import { expect } from 'chai';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pickWinningTouch } from '../../server/flow/attribution/index.ts';
import { buildTrialBalance } from '../../server/flow/ledger/index.ts';
import { createChainVerifier } from '../../server/flow/ledger/verify-chain.ts';
import { canonicalJson } from '../../server/shared/hash.ts';
import { scale, SEED } from '../support/scale.ts';
import { KINDS, WAITS, type Step } from './alphabet.ts';
import type { Fact } from './facts.ts';
import { InMemoryProduct } from './in-memory-product.ts';
import { ReferenceModel } from './reference-model.ts';
import { sumAccounts } from './sum-accounts.ts';
import { toTheCent } from './to-the-cent.ts';
import { World } from './world.ts';

const SEQUENCES = scale(400, 10_000);
const STEPS = 40;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  which: fc.nat(5),
  size: fc.nat(9_999),
  variant: fc.nat(255),
  wait: fc.nat(WAITS.length - 1),
});

async function live(
  steps: Step[],
): Promise<{ product: InMemoryProduct; model: ReferenceModel; facts: Fact[] }> {
  const world = new World();
  const product = new InMemoryProduct();
  const model = new ReferenceModel();
  const facts: Fact[] = [];
  const tell = async (told: Fact[]): Promise<void> => {
    for (const fact of told) {
      await product.tell(fact, world.now);
      await product.settle();
      model.tell(fact, world.now);
      facts.push(fact);
    }
  };
  await tell(world.begin());
  for (const one of steps) await tell(world.perform(one));
  await tell(world.end());
  return { product, model, facts };
}

describe(`S3 to S12 @long: ${SEQUENCES} made-up sequences (seed ${SEED}), told to the product and to a model`, function () {
  this.timeout(1_800_000);

  it('both come to the same winners, postings and balances', async () => {
    const seen = { facts: 0, orders: 0, winners: 0, entries: 0, reversals: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: STEPS, size: 'max' }), async (steps) => {
        const { product, model, facts } = await live(steps);
        const outcome = product.outcome();
        const [told, expected] = [toTheCent(outcome), toTheCent(model.outcome())];
        if (told !== expected)
          throw new Error(`product and model differ:\n  product ${told}\n  model   ${expected}`);
        checkBooks(product);
        const entries = product.stores.ledgerEntries;
        seen.facts += facts.length;
        seen.orders += Object.keys(outcome.winners).length;
        seen.winners += Object.values(outcome.winners).filter((winner) => winner !== null).length;
        seen.entries += entries.length;
        seen.reversals += entries.filter(({ kind }) => kind === 'reversal').length;
      }),
      { numRuns: SEQUENCES, seed: SEED },
    );
    console.log(`      ${JSON.stringify(seen)}`);
    expect(seen.winners, 'most orders are credited to somebody').to.be.greaterThan(seen.orders / 3);
    expect(seen.reversals, 'much is taken back').to.be.greaterThan(seen.entries / 10);
  });
});

/** What must hold of the books whatever happened (S2, S3, S12). */
function checkBooks(product: InMemoryProduct): void {
  const { ledgerEntries, documents } = product.stores;
  const check = createChainVerifier();
  for (const entry of ledgerEntries) expect(check(entry)).to.equal(undefined);
  for (const { difference } of buildTrialBalance(sumAccounts(ledgerEntries))) expect(difference).to.equal(0n);
  for (const { decisions } of documents.attributions.values()) {
    for (const { number: _number, decidedAt: _decidedAt, ...decision } of decisions)
      expect(canonicalJson(pickWinningTouch(decision.input))).to.equal(canonicalJson(decision));
  }
}

describe('The reference model', () => {
  it('imports nothing of the product, nor does anything that it imports', async () => {
    const read = async (file: string): Promise<string[]> => {
      const text = await readFile(join(import.meta.dirname, file), 'utf8');
      return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name ?? '');
    };
    expect(await read('reference-model.ts')).to.deep.equal(['./facts.ts', './reference-states.ts']);
    expect(await read('reference-states.ts')).to.deep.equal(['./facts.ts']);
    expect(await read('facts.ts')).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { buildTrialBalance } from '../../server/flow/ledger/index.ts';
import { createChainVerifier } from '../../server/flow/ledger/verify-chain.ts';
import { InMemoryProduct } from '../model/in-memory-product.ts';
import { sumAccounts } from '../model/sum-accounts.ts';
import { toTheCent } from '../model/to-the-cent.ts';
import { scale, SEED, seededRandom } from '../support/scale.ts';
import { disturb, planSeason, type Happening } from './a-busy-season.ts';

const EVENTS = scale(3_000, 100_000);
const SEEDS = Array.from({ length: scale(1, 5) }, (_, index) => SEED + index);
const MOST_WAITING = 20;
/** When the books are closed, every hold is over, so that it does not matter when a payment became known. */
const LONGER_THAN_HOLDS = 60 * 24 * 3_600_000;

/** What a merchant's books came to; the books themselves are let go, because two seasons of them fill the memory. */
interface Closing {
  outcome: string;
  entries: number;
}

/**
 * Lets the product live through a season, a merchant a product, and closes the books. The stages run over maps
 * instead of a database: what is proved here is what they decide, and at this size a database would prove its
 * own speed.
 * @param random when given, stages lag behind and take what waits in any order
 */
async function live(season: readonly Happening[], random?: () => number): Promise<Map<string, Closing>> {
  const products = new Map<string, InMemoryProduct>();
  for (const { merchant, at, fact } of season) {
    const product = products.get(merchant) ?? new InMemoryProduct(random ? { random } : {});
    products.set(merchant, product);
    await product.tell(fact, at);
    if (!random || product.backlog > random() * MOST_WAITING) await product.settle();
  }
  const end = (season.at(-1)?.at ?? 0) + LONGER_THAN_HOLDS;
  for (const product of products.values()) {
    await product.settle();
    await product.tell({ kind: 'time' }, end);
    await product.settle();
  }
  return new Map([...products].map(([merchant, product]) => [merchant, close(product)]));
}

function close(product: InMemoryProduct): Closing {
  const entries = product.stores.ledgerEntries;
  const check = createChainVerifier();
  for (const entry of entries) expect(check(entry)).to.equal(undefined);
  for (const { difference } of buildTrialBalance(sumAccounts(entries))) expect(difference).to.equal(0n);
  return { outcome: toTheCent(product.outcome()), entries: entries.length };
}

const entriesOf = (books: Map<string, Closing>): number =>
  [...books.values()].reduce((count, { entries }) => count + entries, 0);

describe(`E6 @long: ${EVENTS} events, three of ten twice, late and in any order`, function () {
  this.timeout(1_800_000);

  for (const seed of SEEDS) {
    it(`come to the ledger of one clean run to the cent (seed ${seed})`, async () => {
      const start = Date.now();
      const season = planSeason(seededRandom(seed), EVENTS);
      const disturbed = disturb(season, seededRandom(seed + 1_000));
      const clean = await live(season);
      const mixed = await live(disturbed, seededRandom(seed + 2_000));
      const counts = `${season.length} events, ${disturbed.length} with repeats`;
      const entries = `${entriesOf(clean)} entries clean, ${entriesOf(mixed)} disturbed`;
      console.log(
        `      seed ${seed}: ${counts}; ${entries}; ${((Date.now() - start) / 1_000).toFixed(1)} s`,
      );
      expect([...mixed.keys()].sort()).to.deep.equal([...clean.keys()].sort());
      for (const [merchant, { outcome }] of clean)
        expect(mixed.get(merchant)?.outcome === outcome, `the books of ${merchant}`).to.equal(true);
      expect(entriesOf(clean)).to.be.greaterThan(season.length / 8);
    });
  }
});

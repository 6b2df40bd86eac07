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

type Books = Map<string, InMemoryProduct>;

/**
 * Lets the product live through a season, a merchant a product. The stages run over maps instead of a database:
 * what is proved here is what they decide, and at this size a database would prove its own speed.
 * @param random when given, stages lag behind and take what waits in any order
 */
async function live(season: readonly Happening[], random?: () => number): Promise<Books> {
  const books: Books = new Map();
  for (const { merchant, at, fact } of season) {
    const product = books.get(merchant) ?? new InMemoryProduct(random ? { random } : {});
    books.set(merchant, product);
    await product.tell(fact, at);
    if (!random || product.backlog > random() * MOST_WAITING) await product.settle();
  }
  for (const product of books.values()) await product.settle();
  return books;
}

function checkLedger({ stores }: InMemoryProduct): void {
  const check = createChainVerifier();
  for (const entry of stores.ledgerEntries) expect(check(entry)).to.equal(undefined);
  for (const { difference } of buildTrialBalance(sumAccounts(stores.ledgerEntries)))
    expect(difference).to.equal(0n);
}

const entriesOf = (books: Books): number =>
  [...books.values()].reduce((count, { stores }) => count + stores.ledgerEntries.length, 0);

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
      for (const [merchant, product] of clean) {
        const other = mixed.get(merchant) as InMemoryProduct;
        checkLedger(product);
        checkLedger(other);
        const [expected, told] = [product, other].map((one) => toTheCent(one.outcome()));
        expect(told === expected, `the books of ${merchant} differ`).to.equal(true);
      }
      expect(entriesOf(clean)).to.be.greaterThan(season.length / 8);
    });
  }
});

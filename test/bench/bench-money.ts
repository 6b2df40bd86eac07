import { stringify } from 'lossless-json';
import { planSeason } from '../flow/a-busy-season.ts';
import { InMemoryProduct } from '../model/in-memory-product.ts';
import { seededRandom } from '../support/scale.ts';
import { compare, time } from './compare.ts';

const EVENTS = 3_000;

/**
 * The money engine without a database: from clicks and order events to attribution, commission and a chained
 * posting, against JSON.parse of the same events, which is the least that anybody must do with them.
 */
export async function benchMoney(): Promise<void> {
  const season = planSeason(seededRandom(1), EVENTS);
  const texts = season.map(({ fact }) => stringify(fact) ?? '');
  const live = async (): Promise<void> => {
    const products = new Map<string, InMemoryProduct>();
    for (const { merchant, at, fact } of season) {
      const product = products.get(merchant) ?? new InMemoryProduct();
      products.set(merchant, product);
      await product.tell(fact, at);
      await product.settle();
    }
  };
  const read = (): Promise<void> => {
    for (const text of texts) JSON.parse(text);
    return Promise.resolve();
  };
  await live();
  await compare(
    `${EVENTS} events to the ledger in memory, against JSON.parse of them`,
    ['attribution, commission, posting', () => time(live)],
    ['JSON.parse', () => time(read)],
  );
}

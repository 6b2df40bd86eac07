import { expect } from 'chai';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { scale } from '../../../support/scale.ts';
import type { TemporaryStore } from './temporary-store.ts';
import { temporaryStore } from './temporary-store.ts';

const number = fc.integer({ min: 0, max: 4 });
const scalar = fc.oneof(number, number, fc.constantFrom('a', 'b', '', true, 1.5), fc.constant(null));
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 3, arbitrary: fc.array(number, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.record({ x: scalar }), { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar }, { requiredKeys: [] }) },
);
const document = fc.oneof(
  fc.record({ a: value, b: scalar }),
  fc.record({ a: value, b: value }, { requiredKeys: [] }),
);
const field = fc.constantFrom('a', 'a', 'b', 'a.x');
const condition = fc.oneof(
  { weight: 2, arbitrary: scalar },
  { weight: 3, arbitrary: fc.record({ $gte: number, $lt: number }) },
  fc.record({ $gte: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $ne: scalar }),
);
const plain = fc.dictionary(field, condition, { maxKeys: 2 });
const filter = fc.oneof(
  { weight: 4, arbitrary: plain },
  fc.record({ $or: fc.array(plain, { minLength: 1, maxLength: 3 }) }),
  fc.tuple(plain, plain, plain).map(([one, other, both]) => ({ ...both, $or: [one, other] })),
);
const key = fc.constantFrom(
  { a: 1 },
  { a: -1 },
  { a: 1, b: -1 },
  { b: 1, a: 1 },
  { 'a.x': 1 },
  { 'a.x': -1, b: 1 },
);
const options = fc.constantFrom({}, { sparse: true }, { partialFilterExpression: { a: { $exists: true } } });

interface Numbered {
  _id: number;
}

describe('An index @long', function () {
  this.timeout(600_000);
  let store: TemporaryStore;
  let client: mongoose.mongo.MongoClient;
  let collection: mongoose.mongo.Collection<Numbered>;

  before(async () => {
    store = await temporaryStore();
    client = await mongoose.mongo.MongoClient.connect(store.uri);
    collection = client.db('test').collection<Numbered>('c');
  });

  beforeEach(() => client.db('test').dropDatabase());

  after(async () => {
    await client.close();
    await store.remove();
  });

  it('changes no result', async () => {
    const run = async (
      documents: object[],
      filters: object[],
      index: object,
      settings: object,
    ): Promise<void> => {
      await collection.drop().catch(() => undefined);
      await collection.insertMany(documents.map((fields, _id) => ({ _id, ...fields })));
      const without = await Promise.all(filters.map((one) => idsOf(one)));
      const isIndexed = await collection.createIndex(index as never, settings).then(() => true, () => false); // prettier-ignore
      fc.pre(isIndexed);
      expect(await Promise.all(filters.map((one) => idsOf(one)))).to.deep.equal(without);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 12 }),
        fc.array(filter, { minLength: 4, maxLength: 8 }),
        key,
        options,
        run,
      ),
      { numRuns: scale(200, 10_000), seed: 1 },
    );
  });

  it('that is unique takes exactly the values that a set does not have yet', async () => {
    type Step = { id: number; n: number; kind: 'insert' | 'update' | 'delete' };
    const step: fc.Arbitrary<Step> = fc.record({
      id: fc.nat(7),
      n: fc.nat(9),
      kind: fc.constantFrom('insert', 'update', 'delete'),
    });
    const run = async (steps: Step[]): Promise<void> => {
      await collection.drop().catch(() => undefined);
      await collection.createIndex({ n: 1 }, { unique: true });
      const model = new Map<number, number>();
      for (const { id, n, kind } of steps) {
        const isFree = ![...model].some(([other, taken]) => taken === n && other !== id);
        const succeeds = kind === 'delete' || (isFree && (kind === 'update' || !model.has(id)));
        const expected = succeeds || (kind === 'update' && !model.has(id)) ? 'done' : 11000;
        expect(await attempt(kind, id, n)).to.equal(expected);
        if (kind === 'delete') model.delete(id);
        else if (succeeds && (kind === 'insert' || model.has(id))) model.set(id, n);
      }
      const stored = (await collection.find().sort({ _id: 1 }).toArray()) as unknown as {
        _id: number;
        n: number;
      }[];
      expect(stored.map(({ _id, n }) => [_id, n])).to.deep.equal([...model].sort(([a], [b]) => a - b));
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), {
      numRuns: scale(40, 2_000),
      seed: 2,
    });
  });

  async function attempt(kind: string, id: number, n: number): Promise<unknown> {
    try {
      if (kind === 'insert') await collection.insertOne({ _id: id, n } as never);
      else if (kind === 'update') await collection.updateOne({ _id: id }, { $set: { n } });
      else await collection.deleteOne({ _id: id });
      return 'done';
    } catch (error) {
      return (error as { code: unknown }).code;
    }
  }

  async function idsOf(one: object): Promise<number[]> {
    return (await collection.find(one).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  }
});

describe('The cost of a query that an index serves @long', function () {
  this.timeout(600_000);
  const sizes = [1_000, scale(5_000, 1_000_000)];

  it(`is the same with ${sizes.join(' and with ')} documents`, async () => {
    const examined = [];
    for (const size of sizes) examined.push(await documentsExamined(size));
    console.log(`      documents examined with ${sizes.join(' and ')}: ${JSON.stringify(examined)}`);
    expect(examined[1]).to.deep.equal(examined[0]);
    expect(examined[0]).to.deep.equal({
      equality: 1,
      in: 2,
      range: 3,
      sorted: 2,
      id: 1,
      update: 1,
      joined: 1,
      longList: 3,
    });
  });
});

async function documentsExamined(size: number): Promise<Record<string, number>> {
  const store = await temporaryStore();
  const client = await mongoose.mongo.MongoClient.connect(store.uri);
  const collection = client.db('test').collection<{ _id: number; key: string; group: number }>('c');
  await collection.createIndexes([{ key: { group: 1, key: -1 } }, { key: { key: 1 }, unique: true }]);
  for (let from = 0; from < size; from += 1_000) {
    const ids = Array.from({ length: Math.min(1_000, size - from) }, (_, i) => from + i);
    await collection.insertMany(
      ids.map((i) => ({ _id: i, key: `k${String(i).padStart(8, '0')}`, group: i % 10 })),
    );
  }
  const manyGroups = Array.from({ length: 5_000 }, (_, i) => i);
  const cost = async (work: () => Promise<unknown>): Promise<number> => {
    const before = store.stats().documentsExamined;
    await work();
    return store.stats().documentsExamined - before;
  };
  const costs = {
    equality: await cost(() => collection.findOne({ key: 'k00000042' })),
    in: await cost(() => collection.find({ key: { $in: ['k00000001', 'k00000099', 'none'] } }).toArray()),
    range: await cost(() => collection.find({ key: { $gte: 'k00000010', $lt: 'k00000012' } }).toArray()),
    sorted: await cost(() => collection.find({ group: 3 }).sort({ key: -1 }).limit(2).toArray()),
    id: await cost(() => collection.findOne({ _id: 7 })),
    update: await cost(() => collection.updateOne({ key: 'k00000042' }, { $set: { group: 11 } })),
    joined: await cost(() => collection.find({ group: 11, key: 'k00000042' }).toArray()),
    longList: await cost(() => collection.find({ group: { $in: manyGroups }, key: { $gte: 'k00000010', $lt: 'k00000012' } }).toArray()), // prettier-ignore
  };
  await client.close();
  await store.remove();
  return costs;
}
